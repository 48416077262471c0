namespace NasEngine.Predictors.Scaling;

/// <summary>The inverse of the normal distribution function.</summary>
/// <remarks>Wichura: Algorithm AS 241: The Percentage Points of the Normal Distribution, 1988, PPND7: about seven digits.</remarks>
internal static class NormalQuantile
{
    /// <summary>Gives the value below which a standard normal draw lies with a probability.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    public static double Of(double probability)
    {
        double centred = probability - 0.5;
        if (Math.Abs(centred) <= 0.425)
        {
            double inner = 0.180625 - (centred * centred);
            return centred * ((((((59.109374720 * inner) + 159.29113202) * inner) + 50.434271938) * inner) + 3.3871327179)
                / ((((((67.187563600 * inner) + 78.757757664) * inner) + 17.895169469) * inner) + 1);
        }

        double tail = Math.Sqrt(-Math.Log(Math.Min(probability, 1 - probability)));
        double value;
        if (tail <= 5)
        {
            tail -= 1.6;
            value = ((((((0.17023821103 * tail) + 1.3067284816) * tail) + 2.7568153900) * tail) + 1.4234372777)
                / ((((0.12021132975 * tail) + 0.73700164250) * tail) + 1);
        }
        else
        {
            tail -= 5;
            value = ((((((0.017337203997 * tail) + 0.42868294337) * tail) + 3.0812263860) * tail) + 6.6579051150)
                / ((((0.012258202635 * tail) + 0.24197894225) * tail) + 1);
        }

        return centred < 0 ? -value : value;
    }
}
