using NasEngine.Core.Units;

namespace NasEngine.UnitTests.Core;

internal sealed class UnitTextTests
{
    [TestCase("4 ms", PhysicalUnit.Milliseconds, 4)]
    [TestCase("4ms", PhysicalUnit.Milliseconds, 4)]
    [TestCase(" 250 us ", PhysicalUnit.Milliseconds, 0.25)]
    [TestCase("250 µs", PhysicalUnit.Milliseconds, 0.25)]
    [TestCase("3 ns", PhysicalUnit.Milliseconds, 3e-6)]
    [TestCase("1.5 s", PhysicalUnit.Milliseconds, 1500)]
    [TestCase("2 MiB", PhysicalUnit.Bytes, 2 * 1024 * 1024)]
    [TestCase("2 MB", PhysicalUnit.Bytes, 2e6)]
    [TestCase("7 B", PhysicalUnit.Bytes, 7)]
    [TestCase("30 M", PhysicalUnit.Count, 30e6)]
    [TestCase("30000000", PhysicalUnit.Count, 30e6)]
    [TestCase("3e7", PhysicalUnit.Count, 30e6)]
    [TestCase("90 %", PhysicalUnit.Share, 0.9)]
    [TestCase("0.9", PhysicalUnit.Share, 0.9)]
    [TestCase("0.31", PhysicalUnit.None, 0.31)]
    public void TryParse_AValueWithItsUnit_GivesTheValue(string text, PhysicalUnit unit, double value)
    {
        Assert.That(UnitText.TryParse(text, unit, out double read), Is.True);
        Assert.That(read, Is.EqualTo(value).Within(1e-12 * value));
    }

    [TestCase("", PhysicalUnit.Milliseconds)]
    [TestCase("4", PhysicalUnit.Milliseconds)]
    [TestCase("ms", PhysicalUnit.Milliseconds)]
    [TestCase("4 MS", PhysicalUnit.Milliseconds)]
    [TestCase("4 MiB", PhysicalUnit.Milliseconds)]
    [TestCase("4 ms", PhysicalUnit.Bytes)]
    [TestCase("4", PhysicalUnit.Bytes)]
    [TestCase("NaN ms", PhysicalUnit.Milliseconds)]
    [TestCase("1e308 s", PhysicalUnit.Milliseconds)]
    [TestCase("1e999", PhysicalUnit.Count)]
    [TestCase("4,5 ms", PhysicalUnit.Milliseconds)]
    [TestCase("4 ms", PhysicalUnit.None)]
    public void TryParse_SomethingElse_IsRefused(string text, PhysicalUnit unit)
    {
        Assert.That(UnitText.TryParse(text, unit, out _), Is.False);
    }

    [TestCase(4, PhysicalUnit.Milliseconds, "4 ms")]
    [TestCase(0.2134, PhysicalUnit.Milliseconds, "0.2134 ms")]
    [TestCase(0.912, PhysicalUnit.Share, "91.2 %")]
    [TestCase(100, PhysicalUnit.Bytes, "100 B")]
    [TestCase(1536, PhysicalUnit.Bytes, "1.5 KiB")]
    [TestCase(2097152, PhysicalUnit.Bytes, "2 MiB")]
    [TestCase(9999, PhysicalUnit.Count, "9999")]
    [TestCase(12500, PhysicalUnit.Count, "12.5 K")]
    [TestCase(30e6, PhysicalUnit.Count, "30 M")]
    [TestCase(1.2e9, PhysicalUnit.Count, "1.2 G")]
    [TestCase(0.5, PhysicalUnit.None, "0.5")]
    public void Format_AValue_IsEasyToRead(double value, PhysicalUnit unit, string text)
    {
        Assert.That(UnitText.Format(value, unit), Is.EqualTo(text));
    }

    [TestCase(4, PhysicalUnit.Milliseconds)]
    [TestCase(1536, PhysicalUnit.Bytes)]
    [TestCase(30e6, PhysicalUnit.Count)]
    [TestCase(0.912, PhysicalUnit.Share)]
    public void TryParse_WhatFormatWrote_GivesTheValue(double value, PhysicalUnit unit)
    {
        Assert.That(UnitText.TryParse(UnitText.Format(value, unit), unit, out double read), Is.True);
        Assert.That(read, Is.EqualTo(value).Within(1e-12 * value));
    }

    [Test]
    public void FromMilliseconds_NotATime_Throws([Values(-1, double.NaN, double.PositiveInfinity)] double milliseconds)
    {
        Assert.That(() => Latency.FromMilliseconds(milliseconds), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
