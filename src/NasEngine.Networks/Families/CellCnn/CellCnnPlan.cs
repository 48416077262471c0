using System.Collections.Immutable;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>The concrete form of one network of cells.</summary>
/// <param name="Layout">The fixed sizes.</param>
/// <param name="InputChannels">Channels of an image.</param>
/// <param name="Classes">Classes to tell apart.</param>
/// <param name="Edges">The edges that lie on a way from the cell's input to its output, by the node they lead to; none if no way leads through.</param>
internal sealed record CellCnnPlan(CellCnnLayout Layout, int InputChannels, int Classes, SequenceOf<CellEdgePlan> Edges)
    : Plan([InputChannels, Layout.Resolution, Layout.Resolution], Classes)
{
    /// <summary>Plans a cell: edges that the cell's output does not depend on are left out.</summary>
    /// <param name="layout">The space's sizes.</param>
    /// <param name="inputChannels">Channels of an image.</param>
    /// <param name="classes">Classes to tell apart.</param>
    /// <param name="operations">For each edge, the number of its operation.</param>
    public static CellCnnPlan Of(CellCnnLayout layout, int inputChannels, int classes, Func<int, int> operations)
    {
        CellEdgePlan[] present = [.. CellCnnLayout.EdgesOf(layout.Nodes)
            .Select((edge, gene) => new CellEdgePlan(edge.From, edge.To, operations(gene)))
            .Where(edge => layout.Operations.Items[edge.Operation] != CellOperations.None)];
        bool[] reached = new bool[layout.Nodes], needed = new bool[layout.Nodes];
        (reached[0], needed[^1]) = (true, true);
        foreach (CellEdgePlan edge in present.Where(edge => reached[edge.From]))
        {
            reached[edge.To] = true;
        }

        foreach (CellEdgePlan edge in present.Reverse().Where(edge => needed[edge.To]))
        {
            needed[edge.From] = true;
        }

        ImmutableArray<CellEdgePlan> used = [.. present.Where(edge => reached[edge.From] && needed[edge.To]).OrderBy(edge => edge.To).ThenBy(edge => edge.From)];
        return new CellCnnPlan(layout, inputChannels, classes, new SequenceOf<CellEdgePlan>(used));
    }
}

/// <summary>An edge of a cell that does something.</summary>
/// <param name="From">The node it starts from.</param>
/// <param name="To">The node it leads to.</param>
/// <param name="Operation">The number of its operation among the space's.</param>
internal sealed record CellEdgePlan(int From, int To, int Operation);
