using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NasEngine.Core.Json;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>Stages of one repeated cell, a graph whose edges choose their operation.</summary>
/// <remarks>Skeleton and cell of Dong and Yang, NAS-Bench-201, ICLR 2020, §2.1; operations and concatenating nodes of NASNet and DARTS too.</remarks>
internal sealed class CellCnnFamily : INetworkFamily
{
    private const long MaxSupernetWeights = 2_000_000_000;

    private static readonly ConditionalWeakTable<CellCnnLayout, CellCnnWeights> WeightsByLayout = [];

    public string Name => "cell-cnn";

    public string Description => "Image classifier of one repeated cell whose edges choose their operation (NAS-Bench-201, DARTS).";

    public bool HasNetworks => true;

    public IReadOnlyList<DimensionSchema> Dimensions => [];

    public SpaceLayout? ReadLayout(JsonObjectReader root, SpaceTask task, IReadOnlyList<ElasticDimension> dimensions)
    {
        ArgumentNullException.ThrowIfNull(root);
        int resolution = (int)root.Integer("resolution", 1, 1024);
        List<CellStage> stages = [.. root.Objects("stages", required: true)
            .Select(entry => new CellStage((int)entry.Integer("channels", 1, 4096), (int)entry.Integer("cells", 1, 64)))];
        if (stages.Count is 0 or > 8)
        {
            root.Fault("stages", "1 to 8 stages are expected.");
        }
        else if (resolution % (1 << (stages.Count - 1)) != 0)
        {
            root.Fault("resolution", FormattableString.Invariant($"a multiple of {1 << (stages.Count - 1)} is expected: each stage but the first halves the image."));
        }

        JsonObjectReader? cell = root.Object("cell", required: true);
        (int nodes, CellJoin join, IReadOnlyList<string> operations) = cell is null ? (2, CellJoin.Sum, [CellOperations.None]) : ReadCell(cell);
        if (root.HasFaults)
        {
            return null;
        }

        Gene edge = new("edge", 0, [.. Enumerable.Range(0, operations.Count).Select(place => (double)place)]) { Labels = [.. operations], IsCategorical = true };
        return new CellCnnLayout(
            [.. CellCnnLayout.EdgesOf(nodes).Select((_, index) => edge with { Index = index })], resolution,
            new SequenceOf<CellStage>([.. stages]), nodes, join, new SequenceOf<string>([.. operations]));
    }

    public string? Check(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        try
        {
            long weights = this.Weights(space).Sum(weight => weight.Count);
            return weights > MaxSupernetWeights
                ? FormattableString.Invariant($"the supernet has {weights} weights; at most {MaxSupernetWeights} are allowed.")
                : null;
        }
        catch (ArgumentException problem)
        {
            return $"no network can be built of this space: {problem.Message}";
        }
    }

    public Plan Plan(SearchSpace space, Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(genotype);
        return CellCnnPlan.Of((CellCnnLayout)space.Layout, space.Task.Channels, space.Task.Classes, gene => genotype.Choices[gene]);
    }

    /// <summary>Gives one plan for each operation, on all edges: an edge has weights for each of its choices.</summary>
    public IReadOnlyList<Plan> Covering(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        CellCnnLayout layout = (CellCnnLayout)space.Layout;
        return [.. Enumerable.Range(0, layout.Operations.Items.Length).Reverse().Select(operation => CellCnnPlan.Of(layout, space.Task.Channels, space.Task.Classes, _ => operation))];
    }

    public T Read<T>(INetworkReader<T> reader, Plan plan, T input)
    {
        ArgumentNullException.ThrowIfNull(reader);
        CellCnnPlan network = (CellCnnPlan)plan;
        ImmutableArray<CellStage> stages = network.Layout.Stages.Items;
        CellCnnWeights weights = WeightsByLayout.GetValue(network.Layout, key => new CellCnnWeights(key, network.InputChannels, network.Classes));
        T x = reader.EndBlock(weights.Stem.Read(reader, input, stages[0].Channels, network.InputChannels, 3, new ConvolutionShape(1, 1, 1)));
        for (int stage = 0; stage < stages.Length; stage++)
        {
            x = stage == 0 ? x : reader.EndBlock(weights.Reductions[stage - 1].Read(reader, x));
            foreach (CellWeights cell in weights.Cells[stage])
            {
                x = reader.EndBlock(cell.Read(reader, x, network));
            }
        }

        x = reader.GlobalAveragePool(reader.Activate(weights.HeadNorm.Read(reader, x, stages[^1].Channels), Activation.Relu));
        return reader.Linear(x, weights.Classifier.Leading(network.Classes, stages[^1].Channels), weights.ClassifierBias.Leading(network.Classes));
    }

    public NetworkSketch Sketch(SearchSpace space, Genotype genotype) => CellCnnSketch.Draw((CellCnnPlan)Plan(space, genotype));

    private static (int Nodes, CellJoin Join, IReadOnlyList<string> Operations) ReadCell(JsonObjectReader cell)
    {
        int nodes = (int)cell.Integer("nodes", 2, 12);
        string join = cell.Text("join", "sum", ["sum", "concat"]);
        (IReadOnlyList<string> operations, _) = cell.Scalars("operations", required: true);
        for (int index = 0; index < operations.Count; index++)
        {
            if (!CellOperations.Names.Contains(operations[index]))
            {
                cell.Fault(FormattableString.Invariant($"operations[{index}]"), $"'{operations[index]}' is no operation of a cell. Allowed: {string.Join(", ", CellOperations.Names)}.");
            }
        }

        if (operations.Distinct(StringComparer.Ordinal).Count() != operations.Count || !operations.Any(operation => operation != CellOperations.None))
        {
            cell.Fault("operations", "operations are expected, no two equal, and one other than none among them.");
        }

        return (nodes, join == "sum" ? CellJoin.Sum : CellJoin.Concat, operations);
    }
}
