namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>How little the gradients of images of one class by their pixels correlate: Lopes, Alirezazadeh and Alexandre, EPE-NAS, ICANN 2021.</summary>
/// <remarks>Up to 100 classes: the sum over classes of |Σ ln(|correlation| + 1e-5)|. Beyond: the sum over pairs of classes of the differences of the means, for each class seen.</remarks>
internal sealed class EpeNasProxy : IZeroCostProxy
{
    private const double Small = 1e-5;
    private const int ManyClasses = 100;

    public string Name => "epe_nas";

    public string Description => "Correlations of the Jacobians of images within each class (Lopes et al. 2021).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => 256;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        Tensor jacobian = ImageJacobian.Of(network, batch, Images);
        long[] labels = batch.Take(Images).Labels.contiguous().data<long>().ToArray();
        return OfJacobian(jacobian, labels, network.Plan.Outputs);
    }

    /// <summary>Computes the score of a Jacobian.</summary>
    /// <param name="jacobian"><c>[images, pixels]</c>.</param>
    /// <param name="labels">The class of each image.</param>
    /// <param name="classes">How many classes there are.</param>
    internal static double OfJacobian(Tensor jacobian, long[] labels, int classes)
    {
        List<double> scores = [];
        foreach (IGrouping<long, int> ofClass in Enumerable.Range(0, labels.Length).GroupBy(image => labels[image]).OrderBy(group => group.Key))
        {
            long[] members = [.. ofClass.Select(image => (long)image)];
            // A single image is correlated with itself alone.
            double sum = members.Length == 1
                ? Math.Log(1 + Small)
                : Correlation.Values(Correlation.OfRows(jacobian.index_select(0, tensor(members)))).Sum(value => Math.Log(Math.Abs(value) + Small));
            scores.Add(classes > ManyClasses ? sum / members.Length : sum);
        }

        return classes > ManyClasses
            ? scores.Sum(one => scores.Sum(other => Math.Abs(one - other))) / scores.Count
            : scores.Sum(Math.Abs);
    }
}
