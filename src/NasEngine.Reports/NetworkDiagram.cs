using NasEngine.Reports.Content;
using NasEngine.Reports.Definitions;
using NasEngine.Reports.Html;

namespace NasEngine.Reports;

/// <summary>Draws a network as SVG: a box a block from input to output, as wide as it has channels; left-out blocks as dashed ghosts.</summary>
public static class NetworkDiagram
{
    private const int Width = 350;
    private const int BoxLeft = 84;
    private const int BoxRoom = 110;
    private const int TextLeft = 206;
    private const int BoxHeight = 30;
    private const int Pitch = 40;
    private const int GhostPitch = 28;
    private const int StageGap = 14;

    /// <summary>Draws the network, 350 units wide. The same network gives the same bytes.</summary>
    public static string Draw(NetworkDrawing network)
    {
        ArgumentNullException.ThrowIfNull(network);
        HtmlWriter body = new();
        double widest = network.Stages.SelectMany(stage => stage.Blocks).Where(block => !block.IsSkipped).Select(Inside).DefaultIfEmpty(1).Max();
        int y = 4;
        y = Terminal(body, network.Input, y);
        foreach (StageDrawing stage in network.Stages)
        {
            y = Stage(body, stage, widest, y);
        }

        y = Terminal(body, network.Output, y, isLast: true);
        HtmlWriter svg = new();
        svg.Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{y}\" viewBox=\"0 0 {Width} {y}\" role=\"img\" font-family=\"{OptionParts.FontFamily}\" font-size=\"12\">");
        svg.WriteRaw(body + "</svg>");
        return svg.ToString();
    }

    private static int Terminal(HtmlWriter svg, string text, int y, bool isLast = false)
    {
        int middle = BoxLeft + (BoxRoom / 2);
        svg.Write($"<rect x=\"{BoxLeft}\" y=\"{y}\" width=\"{BoxRoom}\" height=\"26\" rx=\"13\" fill=\"none\" stroke=\"{ChartPalette.Muted}\"/>");
        svg.Write($"<text x=\"{middle}\" y=\"{y + 17}\" text-anchor=\"middle\" fill=\"{ChartPalette.Ink}\">{text}</text>");
        if (isLast)
        {
            return y + 30;
        }

        Arrow(svg, y + 26, y + 26 + StageGap);
        return y + 26 + StageGap;
    }

    private static int Stage(HtmlWriter svg, StageDrawing stage, double widest, int top)
    {
        int y = top;
        svg.Write($"<text x=\"4\" y=\"{y + 14}\" fill=\"{ChartPalette.Ink}\" font-weight=\"600\">{stage.Name}</text>");
        if (stage.Resolution > 0)
        {
            svg.Write($"<text x=\"4\" y=\"{y + 29}\" fill=\"{ChartPalette.Muted}\">{stage.Resolution} × {stage.Resolution}</text>");
        }

        for (int index = 0; index < stage.Blocks.Count; index++)
        {
            BlockDrawing block = stage.Blocks[index];
            int height = block.IsSkipped ? 18 : BoxHeight;
            Block(svg, block, widest, y, height);
            int next = y + (block.IsSkipped ? GhostPitch : Pitch) + (index == stage.Blocks.Count - 1 ? StageGap - 10 : 0);
            Arrow(svg, y + height, next);
            y = next;
        }

        return Math.Max(y, top + 36);
    }

    private static void Block(HtmlWriter svg, BlockDrawing block, double widest, int y, int height)
    {
        double middle = BoxLeft + (BoxRoom / 2.0);
        if (block.IsSkipped)
        {
            double ghost = Math.Max(24, BoxRoom * Math.Min(1, block.Channels / widest));
            svg.Write($"<rect x=\"{middle - (ghost / 2):0.##}\" y=\"{y}\" width=\"{ghost:0.##}\" height=\"{height}\" rx=\"4\" fill=\"none\" stroke=\"{ChartPalette.Faded}\" stroke-dasharray=\"4 3\"/>");
            svg.Write($"<text x=\"{TextLeft}\" y=\"{y + 13}\" fill=\"{ChartPalette.Muted}\">left out</text>");
            return;
        }

        double inside = Math.Max(6, BoxRoom * Inside(block) / widest);
        double outside = Math.Max(6, BoxRoom * block.Channels / widest);
        svg.Write($"<rect x=\"{middle - (inside / 2):0.##}\" y=\"{y}\" width=\"{inside:0.##}\" height=\"{height}\" rx=\"4\" fill=\"{ChartPalette.Blue}\" fill-opacity=\"0.22\" stroke=\"{ChartPalette.Blue}\"/>");
        svg.Write($"<rect x=\"{middle - (outside / 2):0.##}\" y=\"{y}\" width=\"{outside:0.##}\" height=\"{height}\" rx=\"3\" fill=\"{ChartPalette.Blue}\"/>");
        string kernel = block.Kernel is int side ? FormattableString.Invariant($" {side} × {side}") : string.Empty;
        string expansion = block.Expansion is double factor ? FormattableString.Invariant($", expand {factor:0.##}") : string.Empty;
        svg.Write($"<text x=\"{TextLeft}\" y=\"{y + 12}\" fill=\"{ChartPalette.Ink}\">{block.Operation}{kernel}</text>");
        svg.Write($"<text x=\"{TextLeft}\" y=\"{y + 27}\" fill=\"{ChartPalette.Muted}\">{block.Channels} channels{expansion}</text>");
    }

    private static void Arrow(HtmlWriter svg, int from, int to)
    {
        int middle = BoxLeft + (BoxRoom / 2);
        svg.Write($"<path d=\"M{middle} {from}V{to}\" fill=\"none\" stroke=\"{ChartPalette.Muted}\"/>");
    }

    private static double Inside(BlockDrawing block) => block.Channels * Math.Max(1, block.Expansion ?? 1);
}
