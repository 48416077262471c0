using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families.CellCnn;

/// <summary>The names and sizes of a supernet's weights.</summary>
internal sealed class CellCnnWeights
{
    public CellCnnWeights(CellCnnLayout layout, int inputChannels, int classes)
    {
        CellStage[] stages = [.. layout.Stages.Items];
        Stem = new ConvolutionWithNorm("stem", stages[0].Channels, inputChannels, 3);
        Reductions = [.. stages.Skip(1).Select((stage, index) => new ResidualReduction(FormattableString.Invariant($"stage{index + 1}.reduction"), stages[index].Channels, stage.Channels))];
        Cells = [.. stages.Select((stage, index) => Enumerable.Range(0, stage.Cells)
            .Select(cell => new CellWeights(FormattableString.Invariant($"stage{index}.cell{cell}"), layout, stage.Channels)).ToArray())];
        HeadNorm = new BatchNormWeights("head.norm", stages[^1].Channels);
        Classifier = new WeightSpec("classifier.weight", [classes, stages[^1].Channels], WeightRole.LinearMatrix);
        ClassifierBias = new WeightSpec("classifier.bias", [classes], WeightRole.Bias);
    }

    public ConvolutionWithNorm Stem { get; }

    /// <summary>Gets what leads into each stage but the first.</summary>
    public ResidualReduction[] Reductions { get; }

    public CellWeights[][] Cells { get; }

    public BatchNormWeights HeadNorm { get; }

    public WeightSpec Classifier { get; }

    public WeightSpec ClassifierBias { get; }
}
