using NasEngine.Networks.Readers;

namespace NasEngine.Networks.Families.MobileCnn;

/// <summary>Draws a mobile CNN for a person.</summary>
internal static class MobileCnnSketch
{
    public static NetworkSketch Draw(MobileCnnPlan plan)
    {
        MobileCnnLayout layout = plan.Layout;
        int size = new ConvolutionShape(layout.Stem.Stride, layout.Stem.Kernel / 2, 1).Output(plan.Resolution, layout.Stem.Kernel);
        List<StageSketch> stages = [new("stem", size, [new BlockSketch("Conv", layout.Stem.Channels, layout.Stem.Kernel)])];
        foreach (IGrouping<int, MobileCnnBlockPlan> stage in plan.Blocks.GroupBy(block => block.Stage))
        {
            MobileCnnBlockPlan first = stage.First();
            size = new ConvolutionShape(first.Stride, first.Kernel / 2, 1).Output(size, first.Kernel);
            IEnumerable<BlockSketch> used = stage.Select(block => new BlockSketch("MBConv", block.Outputs, block.Kernel, Math.Round((double)block.Hidden / block.Inputs, 2)));
            IEnumerable<BlockSketch> left = Enumerable.Repeat(new BlockSketch("MBConv", first.Outputs, IsSkipped: true), layout.MaxDepth - stage.Count());
            stages.Add(new StageSketch($"stage {stage.Key + 1}", size, [.. used, .. left]));
        }

        stages.Add(new StageSketch("head", 1, [new BlockSketch("Conv 1×1, average", layout.HeadChannels), new BlockSketch("Linear", plan.Classes)]));
        return new NetworkSketch($"{plan.InputChannels} × {plan.Resolution} × {plan.Resolution}", stages, $"{plan.Classes} classes");
    }
}
