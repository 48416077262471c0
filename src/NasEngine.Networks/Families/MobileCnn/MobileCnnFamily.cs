using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NasEngine.Core.Json;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families.MobileCnn;

/// <summary>Stages of inverted bottlenecks, elastic in resolution, depth, kernel, expansion and width.</summary>
/// <remarks>Space of Cai et al., Once-for-All, ICLR 2020, §3.2; block of MobileNetV2. One convolution before, one with pooling and a linear layer after.</remarks>
internal sealed class MobileCnnFamily : INetworkFamily
{
    private const long MaxSupernetWeights = 2_000_000_000;

    // The names of the weights depend on the layout alone; building them again for every subnet would cost more than reading it.
    private static readonly ConditionalWeakTable<MobileCnnLayout, MobileCnnWeights> WeightsByLayout = [];

    public string Name => "mobile-cnn";

    public string Description => "Image classifier of inverted bottlenecks (MobileNetV2, once-for-all).";

    public bool HasNetworks => true;

    public IReadOnlyList<DimensionSchema> Dimensions { get; } =
    [
        new("resolution", DimensionScope.Network, 8, 1024, IsWhole: true, Default: null, "Height and width of the input image, in pixels."),
        new("depth", DimensionScope.Stage, 1, 16, IsWhole: true, Default: null, "Blocks of a stage that are used, from the first on."),
        new("kernel", DimensionScope.Block, 1, 15, IsWhole: true, Default: 3, "Size of the depthwise kernel; odd. A small one is the centre of the largest."),
        new("expand", DimensionScope.Block, 1, 16, IsWhole: false, Default: 4, "Channels inside a block, as a multiple of those that enter it."),
        new("width", DimensionScope.Stage, 0.0625, 1, IsWhole: false, Default: 1, "Share of a stage's channels that is used, from the first on."),
    ];

    public SpaceLayout? ReadLayout(JsonObjectReader root, SpaceTask task, IReadOnlyList<ElasticDimension> dimensions)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(dimensions);
        JsonObjectReader? stemEntry = root.Object("stem", required: true);
        MobileCnnStem stem = stemEntry is null
            ? new MobileCnnStem(16, 3, 2)
            : new MobileCnnStem((int)stemEntry.Integer("channels", 1, 4096), OddKernel(stemEntry, 3), (int)stemEntry.Integer("stride", 1, 4, 2));
        List<MobileCnnStage> stages = [.. root.Objects("stages", required: true)
            .Select(entry => new MobileCnnStage((int)entry.Integer("channels", 1, 4096), (int)entry.Integer("stride", 1, 4)))];
        if (stages.Count is 0 or > 16)
        {
            root.Fault("stages", "1 to 16 stages are expected.");
        }

        JsonObjectReader? headEntry = root.Object("head", required: true);
        int headChannels = headEntry is null ? 1 : (int)headEntry.Integer("channels", 1, 16384);
        int multiple = (int)root.Integer("channelMultiple", 1, 64, 8);
        string activation = root.Text("activation", "relu", ["relu", "hard-swish"]);
        ElasticDimension depth = dimensions[1], kernel = dimensions[2], expand = dimensions[3];
        if (kernel.Choices.Any(size => size % 2 == 0))
        {
            root.Fault("dimensions", "kernel: sizes must be odd.");
        }

        return root.HasFaults
            ? null
            : new MobileCnnLayout(
                LayOutGenes(stages, multiple, dimensions), stem, new SequenceOf<MobileCnnStage>([.. stages]), headChannels, multiple,
                activation == "relu" ? Activation.Relu : Activation.HardSwish,
                (int)depth.Choices[^1], (int)kernel.Choices[^1], expand.Choices[^1]);
    }

    public string? Check(SearchSpace space)
    {
        try
        {
            long weights = this.Weights(space).Sum(weight => weight.Count);
            if (weights > MaxSupernetWeights)
            {
                return FormattableString.Invariant($"the supernet has {weights} weights; at most {MaxSupernetWeights} are allowed.");
            }

            ShapeReader.Trace(this, Plan(space, space.Smallest));
            return null;
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
        MobileCnnLayout layout = (MobileCnnLayout)space.Layout;
        int stageCount = layout.Stages.Items.Length, blockCount = stageCount * layout.MaxDepth;
        (int depthAt, int kernelAt) = (1, 1 + stageCount);
        (int expandAt, int widthAt) = (kernelAt + blockCount, kernelAt + (2 * blockCount));
        int entering = layout.Stem.Channels;
        ImmutableArray<MobileCnnBlockPlan>.Builder blocks = ImmutableArray.CreateBuilder<MobileCnnBlockPlan>();
        for (int stage = 0; stage < stageCount; stage++)
        {
            int leaving = StageChannels(layout, stage, space.Value(genotype, widthAt + stage));
            int depth = (int)space.Value(genotype, depthAt + stage);
            for (int index = 0; index < depth; index++)
            {
                int block = (stage * layout.MaxDepth) + index;
                int hidden = Channels(entering * space.Value(genotype, expandAt + block), layout.ChannelMultiple);
                int kernel = (int)space.Value(genotype, kernelAt + block);
                blocks.Add(new MobileCnnBlockPlan(stage, index, entering, hidden, leaving, kernel, index == 0 ? layout.Stages.Items[stage].Stride : 1));
                entering = leaving;
            }
        }

        return new MobileCnnPlan(layout, space.Task.Channels, (int)space.Value(genotype, 0), space.Task.Classes, blocks.ToImmutable());
    }

    public T Read<T>(INetworkReader<T> reader, Plan plan, T input)
    {
        ArgumentNullException.ThrowIfNull(reader);
        MobileCnnPlan network = (MobileCnnPlan)plan;
        MobileCnnLayout layout = network.Layout;
        MobileCnnWeights weights = WeightsByLayout.GetValue(layout, key => new MobileCnnWeights(key, network.InputChannels, network.Classes));
        int entering = network.InputChannels;
        MobileCnnStem stem = layout.Stem;
        T x = weights.Stem.Read(reader, input, stem.Channels, entering, stem.Kernel, new ConvolutionShape(stem.Stride, stem.Kernel / 2, 1));
        x = reader.EndBlock(reader.Activate(x, layout.Activation));
        foreach (MobileCnnBlockPlan block in network.Blocks)
        {
            x = reader.EndBlock(weights.Blocks[(block.Stage * layout.MaxDepth) + block.Index].Read(reader, x, block, layout.Activation));
        }

        x = weights.Head.Read(reader, x, layout.HeadChannels, network.Blocks[^1].Outputs, 1, new ConvolutionShape(1, 0, 1));
        x = reader.GlobalAveragePool(reader.Activate(x, layout.Activation));
        return reader.Linear(x, weights.Classifier.Leading(network.Classes, layout.HeadChannels), weights.ClassifierBias.Leading(network.Classes));
    }

    public NetworkSketch Sketch(SearchSpace space, Genotype genotype) => MobileCnnSketch.Draw((MobileCnnPlan)Plan(space, genotype));

    /// <summary>Gives the channels of a stage at a width.</summary>
    internal static int StageChannels(MobileCnnLayout layout, int stage, double width) =>
        StageChannels(layout.Stages.Items[stage].Channels, layout.ChannelMultiple, width);

    /// <summary>Rounds to a multiple, never by more than a tenth downwards: MobileNetV2's rule.</summary>
    internal static int Channels(double wanted, int multiple)
    {
        int rounded = Math.Max(multiple, (int)(wanted + (multiple / 2.0)) / multiple * multiple);
        return rounded < 0.9 * wanted ? rounded + multiple : rounded;
    }

    private static int OddKernel(JsonObjectReader entry, int fallback)
    {
        int kernel = (int)entry.Integer("kernel", 1, 15, fallback);
        if (kernel % 2 == 0)
        {
            entry.Fault("kernel", "an odd number is expected.");
        }

        return kernel;
    }

    private static int StageChannels(int channels, int multiple, double width) => width >= 1 ? channels : Math.Min(channels, Channels(channels * width, multiple));

    private static ImmutableArray<Gene> LayOutGenes(List<MobileCnnStage> stages, int multiple, IReadOnlyList<ElasticDimension> dimensions)
    {
        int maxDepth = (int)dimensions[1].Choices[^1];
        ImmutableArray<Gene>.Builder genes = ImmutableArray.CreateBuilder<Gene>();
        foreach (ElasticDimension dimension in dimensions)
        {
            int count = dimension.Scope switch { DimensionScope.Network => 1, DimensionScope.Stage => stages.Count, _ => stages.Count * maxDepth };
            for (int index = 0; index < count; index++)
            {
                // Depth genes follow the single resolution gene, so stage s has its depth at 1 + s.
                GeneCondition? condition = dimension.Scope == DimensionScope.Block ? new GeneCondition(1 + (index / maxDepth), (index % maxDepth) + 1) : null;
                ImmutableArray<double> choices = dimension.Name == "width" ? DistinctWidths(stages[index].Channels, multiple, dimension.Choices) : dimension.Choices;
                genes.Add(new Gene(dimension.Name, index, choices, condition));
            }
        }

        return genes.ToImmutable();
    }

    // Of widths that round to the same channels a stage keeps the largest: otherwise equal networks would have different genotypes.
    private static ImmutableArray<double> DistinctWidths(int channels, int multiple, ImmutableArray<double> widths) =>
        [.. widths.GroupBy(width => StageChannels(channels, multiple, width)).Select(same => same.Last())];
}
