using System.Globalization;
using System.IO.Compression;
using NasEngine.Numerics.Knapsack;

namespace NasEngine.Testing.Tables;

/// <summary>Measured ways to build each stage of a network, at several resolutions: the tables that SpaceEvo searches.</summary>
/// <remarks>
/// A file holds the ways of one stage, block type and width; its name begins with the stage. Lines are
/// <c>layers,1xCINxHxH,loss,MFLOPs,Mparams,milliseconds</c>, and the heights of a stage ascend with the resolution of the whole network.
/// </remarks>
public sealed class StageTables
{
    private readonly List<StageRow> _rows;

    private StageTables(List<StageRow> rows)
    {
        _rows = rows;
        Stages = [.. rows.Select(row => row.Stage).Distinct().Order(StringComparer.Ordinal)];
        Files = [.. rows.Select(row => row.File).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Gets the stages in order.</summary>
    public IReadOnlyList<string> Stages { get; }

    /// <summary>Gets the names of the files in order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Gets how many resolutions there are.</summary>
    public int Resolutions => HeightsOf(Stages[0]).Length;

    /// <summary>Reads a zip archive of the files.</summary>
    public static StageTables Read(string path)
    {
        List<StageRow> rows = [];
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in archive.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            using StreamReader reader = new(entry.Open());
            string stage = entry.Name.Split('_')[0];
            while (reader.ReadLine() is string line)
            {
                string[] fields = line.Split(',');
                rows.Add(new StageRow(
                    stage, entry.Name, int.Parse(fields[1].Split('x')[2], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture), double.Parse(fields[5], CultureInfo.InvariantCulture)));
            }
        }

        return new StageTables(rows);
    }

    /// <summary>Gives all ways to build each stage at one resolution as the parts of a knapsack: loss is the score, milliseconds are the cost.</summary>
    /// <param name="resolution">The place of the resolution, from the smallest.</param>
    public KnapsackPart[] Parts(int resolution) => [.. Stages.Select(stage =>
    {
        int height = HeightsOf(stage)[resolution];
        StageRow[] rows = [.. _rows.Where(row => row.Stage == stage && row.Height == height)];
        return new KnapsackPart([.. rows.Select(row => row.Loss)], [.. rows.Select(row => row.Milliseconds)]);
    })];

    /// <summary>Gives the ways of one file at one resolution, the fastest first.</summary>
    public StageRow[] RowsOf(string file, int resolution)
    {
        StageRow[] rows = [.. _rows.Where(row => row.File == file)];
        int height = HeightsOf(rows[0].Stage)[resolution];
        return [.. rows.Where(row => row.Height == height).OrderBy(row => row.Milliseconds)];
    }

    private int[] HeightsOf(string stage) => [.. _rows.Where(row => row.Stage == stage).Select(row => row.Height).Distinct().Order()];
}

/// <summary>One way to build a stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Height">Height of its input, in pixels.</param>
/// <param name="Loss">How far its output is from the teacher's.</param>
/// <param name="Milliseconds">How long it takes.</param>
public sealed record StageRow(string Stage, string File, int Height, double Loss, double Milliseconds);
