namespace NasEngine.Training.ZeroCost;

/// <summary>Correlations of rows, in double precision.</summary>
internal static class Correlation
{
    /// <summary>Computes Pearson's correlation of every pair of rows; NaN for rows that are constant.</summary>
    /// <param name="rows"><c>[n, d]</c>.</param>
    /// <returns><c>[n, n]</c>, Float64.</returns>
    public static Tensor OfRows(Tensor rows)
    {
        Tensor wide = rows.@double();
        Tensor centred = wide.sub(wide.mean([1], keepdim: true));
        Tensor covariance = centred.mm(centred.t());
        Tensor deviation = covariance.diagonal().sqrt();
        return covariance.div(deviation.unsqueeze(0)).div(deviation.unsqueeze(1)).clamp(-1, 1);
    }

    /// <summary>Lays each image out as a row, in whichever order its values lie: a view where that is possible.</summary>
    /// <param name="images"><c>[n, …]</c>.</param>
    /// <returns><c>[n, d]</c>.</returns>
    public static Tensor RowsOf(Tensor images) =>
        images.ndim == 4 && images.is_contiguous(memory_format.channels_last)
            ? images.permute(0, 2, 3, 1).view(images.size(0), -1)
            : images.contiguous().view(images.size(0), -1);

    /// <summary>Copies the values of a tensor out.</summary>
    public static double[] Values(Tensor tensor)
    {
        Tensor flat = tensor.detach().@double().contiguous();
        return flat.data<double>().ToArray();
    }
}
