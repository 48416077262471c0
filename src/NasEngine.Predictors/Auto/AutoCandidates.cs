using NasEngine.Core.Predictors;
using NasEngine.Predictors.Scaling;

namespace NasEngine.Predictors.Auto;

/// <summary>Lists what may be chosen between: every trainer on every group of columns that suits it.</summary>
internal static class AutoCandidates
{
    private static readonly Dictionary<string, FeatureKind[]> Groups = new()
    {
        ["places"] = [FeatureKind.Ordinal, FeatureKind.Activity, FeatureKind.Quantity],
        ["structure"] = [FeatureKind.Graph, FeatureKind.Quantity],
        ["values"] = [FeatureKind.Value, FeatureKind.Summary, FeatureKind.Activity, FeatureKind.Quantity],
        ["choices"] = [FeatureKind.OneHot, FeatureKind.Quantity],
    };

    /// <summary>Gives the candidates.</summary>
    /// <param name="trainers">The trainers.</param>
    /// <param name="table">The features of the rows to fit on.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="hasScores">Whether fits on scores of the targets are tried too.</param>
    public static IReadOnlyList<AutoCandidate> Of(IReadOnlyList<IPredictorTrainer> trainers, FeatureTable table, double[] targets, bool hasScores)
    {
        List<AutoCandidate> candidates = [];
        (string Name, ColumnView View)[] views = [.. Views(table)];
        Dictionary<ColumnView, FeatureTable> tables = views.ToDictionary(view => view.View, view => view.View.Apply(table));
        ColumnView whole = ColumnView.Plain(Enumerable.Range(0, table.Columns.Length));
        foreach (IPredictorTrainer trainer in trainers.Where(static trainer => !trainer.Traits.HasFlag(TrainerTraits.ForComparison)))
        {
            if (trainer.Traits.HasFlag(TrainerTraits.PhysicalUnits))
            {
                Add(trainer, trainer.Name, whole, table, isScored: false);
                continue;
            }

            foreach ((string name, ColumnView view) in trainer.Traits.HasFlag(TrainerTraits.ScaleFree) ? [ForTrees(views)] : views)
            {
                string on = views.Length == 1 ? trainer.Name : $"{trainer.Name} on {name}";

                // Where targets are rescaled, so are columns: mixing the two is hardly ever better, and twice the work.
                bool isTree = trainer.Traits.HasFlag(TrainerTraits.ScaleFree);
                if (!hasScores || view.IsPlain)
                {
                    Add(trainer, on, view, tables[view], isScored: false);
                }

                if (hasScores && (isTree || !view.IsPlain || !Array.Exists(views, other => other.Name == $"rescaled {name}")))
                {
                    Add(trainer, $"{on}, scored", view, tables[view], isScored: true);
                }
            }
        }

        return candidates;

        void Add(IPredictorTrainer trainer, string name, ColumnView view, FeatureTable viewed, bool isScored)
        {
            if (trainer.Objection(viewed, targets) is null)
            {
                candidates.Add(new AutoCandidate(name, trainer, view, viewed, isScored));
            }
        }
    }

    // Trees choose columns themselves; properties of a graph are enough for them where there are some.
    private static (string Name, ColumnView View) ForTrees((string Name, ColumnView View)[] views) =>
        Array.Find(views, static view => view.Name == "structure") is { View: not null } structure ? structure : Array.FindLast(views, static view => view.View.IsPlain);

    // Groups that come to the same columns are one. Genes without an order are one-hot in every group of genes, and numbers that are no
    // place among choices are in all groups.
    private static IEnumerable<(string Name, ColumnView View)> Views(FeatureTable table)
    {
        int[] distinct = DistinctColumns.Of(table);
        HashSet<string> ordered = [.. Enumerable.Range(0, table.Columns.Length).Where(column => table.Kinds[column] == FeatureKind.Ordinal).Select(column => table.Columns[column])];
        List<(string Name, int[] Columns)> groups = [];
        foreach ((string name, FeatureKind[] kinds) in Groups)
        {
            int[] columns = DistinctColumns.Within(table, [.. Enumerable.Range(0, table.Columns.Length).Where(column => IsIn(column, kinds))]);
            bool isLess = name == "choices" && groups.Exists(static group => group.Name == "structure");
            if (!isLess && columns.Any(column => table.Kinds[column] == kinds[0]) && !groups.Exists(group => group.Columns.SequenceEqual(columns)))
            {
                groups.Add((name, columns));
            }
        }

        if (!groups.Exists(group => group.Columns.SequenceEqual(distinct)))
        {
            groups.Add(("all", distinct));
        }

        foreach ((string name, int[] columns) in groups)
        {
            yield return (name, ColumnView.Plain(columns));
            if (columns.Any(column => table.Kinds[column] == FeatureKind.Quantity) && ColumnView.Rescaled(table, columns) is { IsPlain: false } rescaled)
            {
                yield return ($"rescaled {name}", rescaled);
            }
        }

        bool IsIn(int column, FeatureKind[] kinds)
        {
            string name = table.Columns[column];
            return table.Kinds[column] switch
            {
                FeatureKind.OneHot when kinds[0] == FeatureKind.Ordinal => !ordered.Contains(name.Split('=')[0]),
                FeatureKind.OneHot when kinds[0] == FeatureKind.Value => !ordered.Contains(name.Split('=')[0]),
                FeatureKind.Value when kinds[0] != FeatureKind.Value => !ordered.Contains(name.EndsWith(".value", StringComparison.Ordinal) ? name[..^6] : name),
                FeatureKind kind => kinds.Contains(kind),
            };
        }
    }
}
