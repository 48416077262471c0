using System.Runtime.CompilerServices;
using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.ReferenceTests.Torch;

/// <summary>Values written by PyTorch 1.13 (fixtures/make_fixtures.py).</summary>
internal static class Fixtures
{
    internal static SafeTensorsFile Open([CallerFilePath] string here = "") =>
        SafeTensors.Open(Path.Combine(Path.GetDirectoryName(here)!, "fixtures", "torch.safetensors"));

    internal static void AssertClose(Tensor actual, Tensor expected, double tolerance, string what)
    {
        Assert.That(actual.shape, Is.EqualTo(expected.shape), what);
        Assert.That(actual.dtype, Is.EqualTo(expected.dtype), what);
        if (expected.numel() > 0)
        {
            double difference = (actual.to(ScalarType.Float64) - expected.to(ScalarType.Float64)).abs().max().item<double>();
            Assert.That(difference, Is.LessThanOrEqualTo(tolerance), what);
        }
    }
}
