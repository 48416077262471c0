using NasEngine.Core.Predictors;
using NasEngine.Numerics.LinearAlgebra;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.Quality;

namespace NasEngine.Predictors.RobustPosynomial;

/// <summary>Fits latency as a posynomial: sums of products of up to three features (layers × width × hidden width) with costs that are not negative.</summary>
/// <remarks>
/// <para>Such products are what operations, weights and bytes are made of, whatever the features are called; that costs are not negative
/// keeps hundreds of terms in check with few rows, and most of them at 0.</para>
/// <para>Residuals are relative, the loss is robust: see <see cref="RelativeFit"/>. Cross-validation compares one, two and three factors; those
/// within one standard error of the best are averaged.</para>
/// </remarks>
internal sealed class RobustPosynomialTrainer : IPredictorTrainer
{
    public const string TrainerName = "robust-posynomial";

    private const int MostFactors = 3;
    private const int MostTerms = 256;
    private const int LeastTerms = 64;
    private const int TermsPerRow = 4;
    private const int Folds = 5;

    // A left-out row that is farther off than so many standard deviations was disturbed; how far tells nothing.
    private const double Bound = 3;

    // A prediction below this part of the least target seen would be no latency any more.
    private const double FloorShare = 0.1;

    public string Name => TrainerName;

    public string Description => "Latency as a sum of products of features with non-negative costs, for raw architecture features; robust to disturbed measurements.";

    public TrainerTraits Traits => TrainerTraits.PhysicalUnits;

    public double Effort(int rows, int columns)
    {
        double terms = Math.Clamp((double)TermsPerRow * rows, LeastTerms, MostTerms);
        return 2.5e-8 * rows * terms * terms;
    }

    public string? Objection(FeatureTable table, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        return targets.Any(target => target <= 0) ? "Every target must be above 0." : null;
    }

    public IPredictor Fit(FeatureTable table, IReadOnlyList<double> targets, long seed)
    {
        double[] values = TrainingData.Check(table, targets);
        if (Objection(table, values) is string objection)
        {
            throw new ArgumentException(objection, nameof(targets));
        }

        int[] columns = PosynomialColumns.Choose(table);
        (double[] origins, int[] directions) = PosynomialColumns.Orient(table, columns, values);
        int[][][] candidates = Candidates(table, columns, origins, directions, values);
        Design[] designs = [.. candidates.Select(terms => new Design(new Posynomial(origins, directions, terms), table, values))];
        int[] chosen = designs.Length == 1 ? [0] : Choose(designs, values.Length, seed);

        Dictionary<string, (int[] Term, double Coefficient)> sum = [];
        double spread = 0;
        foreach (Design design in chosen.Select(index => designs[index]))
        {
            (double[] coefficients, double scale) = RelativeFit.Fit(design.Values, values.Length);
            spread += scale / chosen.Length;
            for (int term = 0; term < coefficients.Length; term++)
            {
                string key = string.Join(',', design.Posynomial.Terms[term]);
                double before = sum.TryGetValue(key, out (int[] Term, double Coefficient) known) ? known.Coefficient : 0;
                sum[key] = (design.Posynomial.Terms[term], before + (design.Unscale(term, coefficients[term]) / chosen.Length));
            }
        }

        (int[] Term, double Coefficient)[] kept = [.. sum.Values.Where(pair => pair.Coefficient > 0)];
        return new RobustPosynomialPredictor(
            table.Columns, new Posynomial(origins, directions, [.. kept.Select(pair => pair.Term)]), [.. kept.Select(pair => pair.Coefficient)], FloorShare * values.Min(), spread);
    }

    // One list of terms for each number of factors; where there would be too many, the columns that matter least alone are left out of the products.
    private static int[][][] Candidates(FeatureTable table, int[] columns, double[] origins, int[] directions, double[] values)
    {
        bool[] isBinary = [.. Enumerable.Range(0, table.Columns.Length).Select(column => PosynomialColumns.Distinct(table, column, 3) <= 2)];
        List<int[]> linear = Posynomial.Products(columns, isBinary, 1);
        Design design = new(new Posynomial(origins, directions, [.. linear]), table, values);
        double[] shares = RelativeFit.Fit(design.Values, values.Length).Coefficients;
        int[] ranked = [.. columns.Select((column, index) => (column, Share: shares[index + 1] * design.Variation(index + 1))).OrderByDescending(pair => pair.Share).Select(pair => pair.column)];
        List<int[][]> candidates = [[.. linear]];
        int limit = Math.Clamp(TermsPerRow * table.Rows, LeastTerms, MostTerms);
        for (int factors = 2; factors <= MostFactors && columns.Length > 0; factors++)
        {
            int most = columns.Length;
            while (most > 1 && Posynomial.CountProducts(ranked[..most], isBinary, factors) > limit)
            {
                most--;
            }

            List<int[]> products = Posynomial.Products([.. ranked.Take(most).Order()], isBinary, factors);
            candidates.Add([.. products, .. linear.Where(term => term.Length == 1 && !ranked.Take(most).Contains(term[0]))]);
        }

        return [.. candidates.DistinctBy(terms => terms.Length)];
    }

    private static int[] Choose(Design[] designs, int rows, long seed)
    {
        int folds = Math.Min(Folds, rows);
        int[] assigned = CrossValidation.AssignFolds(rows, folds, seed);
        double[][] errors = [.. designs.Select(design => LeftOutErrors(design.Values, rows, assigned, folds))];
        double bound = Bound * Descriptive.NormalConsistency * errors.Min(error => Descriptive.Median(error));
        double[][] losses = [.. errors.Select(error => error.Select(value => Math.Min(value, bound)).ToArray())];
        double[] best = losses.MinBy(loss => Descriptive.Mean(loss))!;
        return [.. Enumerable.Range(0, designs.Length).Where(index =>
        {
            double[] behind = [.. losses[index].Zip(best, (own, least) => own - least)];
            return Descriptive.Mean(behind) <= Descriptive.StandardDeviation(behind) / Math.Sqrt(rows);
        })];
    }

    private static double[] LeftOutErrors(double[] design, int rows, int[] assigned, int folds)
    {
        int columns = design.Length / rows;
        double[] errors = new double[rows];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] train = [.. Enumerable.Range(0, rows).Where(row => assigned[row] != fold)];
            double[] part = new double[train.Length * columns];
            for (int index = 0; index < train.Length; index++)
            {
                design.AsSpan(train[index] * columns, columns).CopyTo(part.AsSpan(index * columns));
            }

            double[] coefficients = RelativeFit.Fit(part, train.Length).Coefficients;
            for (int row = 0; row < rows; row++)
            {
                errors[row] = assigned[row] == fold ? Math.Abs(1 - DenseLinearSystem.Dot(design.AsSpan(row * columns, columns), coefficients)) : errors[row];
            }
        }

        return errors;
    }

    // Terms over targets, every term scaled to mean 1: a coefficient is about a term's share of the latency.
    private sealed class Design
    {
        private readonly double[] _means;
        private readonly double[] _deviations;
        private readonly double _middle;

        public Design(Posynomial posynomial, FeatureTable table, double[] targets)
        {
            Posynomial = posynomial;
            Values = posynomial.Expand(table);
            _middle = Descriptive.Median(targets);
            int terms = posynomial.Terms.Length;
            (_means, _deviations) = (new double[terms], new double[terms]);
            double[] column = new double[table.Rows];
            for (int term = 0; term < terms; term++)
            {
                for (int row = 0; row < table.Rows; row++)
                {
                    column[row] = Values[(row * terms) + term];
                }

                double mean = Descriptive.Mean(column);
                _means[term] = mean > 0 ? mean : 1;
                _deviations[term] = Descriptive.StandardDeviation(column) / _means[term];
                for (int row = 0; row < table.Rows; row++)
                {
                    Values[(row * terms) + term] = column[row] / _means[term] * _middle / targets[row];
                }
            }
        }

        public Posynomial Posynomial { get; }

        public double[] Values { get; }

        public double Variation(int term) => _deviations[term];

        public double Unscale(int term, double coefficient) => coefficient * _middle / _means[term];
    }
}
