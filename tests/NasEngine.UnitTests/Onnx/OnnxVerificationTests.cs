using NasEngine.Core.Errors;
using NasEngine.Onnx.Verification;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Onnx;

internal sealed class OnnxVerificationTests
{
    private static readonly float[] Reference = [0, 1, 2, 5, 4, 3];

    [Test]
    public void Compare_OneRowDiffers_GivesLargestDifferenceAndAgreement()
    {
        OnnxComparison comparison = OnnxVerification.Compare(Reference, [0, 2.5f, 2, 5, 4, 3], 3);
        Assert.That(comparison, Is.EqualTo(new OnnxComparison(1.5, 0.5, 2)));
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    public void Compare_AnOutputIsNotFinite_IsInfinitelyFar(float output)
    {
        OnnxComparison comparison = OnnxVerification.Compare(Reference, [output, 1, 2, 5, 4, 3], 3);
        Assert.That(comparison.LargestDifference, Is.EqualTo(double.PositiveInfinity));
        Assert.That(() => OnnxVerification.Require(comparison, "m.onnx"), Throws.TypeOf<ExportMismatchException>());
    }

    [Test]
    public void Compare_BothAreNaN_IsInfinitelyFar()
    {
        Assert.That(OnnxVerification.Compare([float.NaN], [float.NaN], 1).LargestDifference, Is.EqualTo(double.PositiveInfinity));
    }

    [TestCase(5, 3)]
    [TestCase(0, 3)]
    public void Compare_LengthsDoNotFit_Throws(int outputs, int classes)
    {
        Assert.That(() => OnnxVerification.Compare(Reference, new float[outputs], classes), Throws.ArgumentException);
    }

    [Test]
    public async Task WriteVerifiedAsync_OutputsAgree_WritesTheBytesAndNothingElse()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("new/model.onnx");
        OnnxComparison comparison = await OnnxFile.WriteVerifiedAsync(path, new byte[] { 1, 2, 3 }, (_, _) => Task.FromResult(Reference), Reference, 3, 1e-4, CancellationToken.None);
        Assert.That(comparison.LargestDifference, Is.Zero);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Is.EqualTo(new[] { path }));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task WriteVerifiedAsync_OutputsDiffer_LeavesTheOldFileAndSaysHowFar()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("model.onnx");
        File.WriteAllBytes(path, [9]);
        float[] far = [0, 1, 2, 5, 4, 3.5f];
        ExportMismatchException? problem = await Assert.ThrowsAsync<ExportMismatchException>(
            () => OnnxFile.WriteVerifiedAsync(path, new byte[] { 1 }, (_, _) => Task.FromResult(far), Reference, 3, 1e-4, CancellationToken.None));
        Assert.That(problem!.Message, Is.EqualTo($"{path} was not written: on 2 inputs the exported model differs from the supernet by up to 0.5, more than 0.0001."));
        Assert.That(Directory.GetFiles(folder.FullName), Is.EqualTo(new[] { path }));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 9 }));
    }

    [Test]
    public async Task WriteVerifiedAsync_TargetIsAFolder_IsAUsageErrorAndLeavesNothing()
    {
        using TemporaryFolder folder = new();
        string path = Directory.CreateDirectory(folder.PathOf("model.onnx")).FullName;
        await Assert.ThrowsAsync<UsageException>(() => OnnxFile.WriteVerifiedAsync(path, new byte[] { 1 }, (_, _) => Task.FromResult(Reference), Reference, 3, 1e-4, CancellationToken.None));
        Assert.That(Directory.GetFiles(folder.FullName), Is.Empty);
    }
}
