namespace NasEngine.Networks.Families.CellCnn;

/// <summary>Draws a network of cells for a person: the cell's edges first, then the stages.</summary>
internal static class CellCnnSketch
{
    public static NetworkSketch Draw(CellCnnPlan plan)
    {
        CellCnnLayout layout = plan.Layout;
        CellStage first = layout.Stages.Items[0];
        HashSet<(int From, int To)> used = [.. plan.Edges.Items.Select(edge => (edge.From, edge.To))];
        IEnumerable<BlockSketch> edges = plan.Edges.Items
            .Select(edge => new BlockSketch(FormattableString.Invariant($"{edge.From}→{edge.To} {layout.Operations.Items[edge.Operation]}"), first.Channels))
            .Concat(CellCnnLayout.EdgesOf(layout.Nodes).Where(edge => !used.Contains(edge))
                .Select(edge => new BlockSketch(FormattableString.Invariant($"{edge.From}→{edge.To}"), first.Channels, IsSkipped: true)));
        List<StageSketch> stages =
        [
            new("cell", layout.Resolution, [.. edges]),
            new("stem", layout.Resolution, [new BlockSketch("Conv", first.Channels, 3)]),
        ];
        foreach ((CellStage stage, int index) in layout.Stages.Items.Select((stage, index) => (stage, index)))
        {
            IEnumerable<BlockSketch> reduction = index == 0 ? [] : [new BlockSketch("Residual, stride 2", stage.Channels, 3)];
            stages.Add(new StageSketch(
                FormattableString.Invariant($"stage {index + 1}"), layout.Resolution >> index,
                [.. reduction, .. Enumerable.Repeat(new BlockSketch("Cell", stage.Channels), stage.Cells)]));
        }

        stages.Add(new StageSketch("head", 1, [new BlockSketch("Average", layout.Stages.Items[^1].Channels), new BlockSketch("Linear", plan.Classes)]));
        return new NetworkSketch(FormattableString.Invariant($"{plan.InputChannels} × {layout.Resolution} × {layout.Resolution}"), stages, FormattableString.Invariant($"{plan.Classes} classes"));
    }
}
