namespace NasEngine.Torch;

public static partial class torch
{
    /// <summary>Linear algebra over the last two dimensions.</summary>
    public static class linalg
    {
        /// <summary>Computes the eigenvalues of symmetric matrices.</summary>
        /// <param name="input"><c>[…, n, n]</c>; the lower triangle is read.</param>
        /// <returns><c>[…, n]</c>, ascending.</returns>
        public static Tensor eigvalsh(Tensor input) => Tensor.Wrap(NativeMethods.linalg_eigvalsh(Tensor.HandleOf(input)), input);

        /// <summary>Computes the singular values of matrices.</summary>
        /// <param name="input"><c>[…, m, n]</c>.</param>
        /// <returns><c>[…, min(m, n)]</c>, descending.</returns>
        public static Tensor svdvals(Tensor input) => Tensor.Wrap(NativeMethods.linalg_svdvals(Tensor.HandleOf(input)), input);

        /// <summary>Computes the natural logarithm of the absolute determinant of square matrices: the second value of slogdet.</summary>
        /// <param name="input"><c>[…, n, n]</c>.</param>
        /// <returns><c>[…]</c>; negative infinity for singular matrices.</returns>
        public static Tensor logabsdet(Tensor input) => Tensor.Wrap(NativeMethods.linalg_logabsdet(Tensor.HandleOf(input)), input);
    }
}
