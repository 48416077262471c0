using NasEngine.Core.Errors;
using NasEngine.Core.Tables;

namespace NasEngine.UnitTests.Core.Tables;

internal sealed class CsvTableTests
{
    [Test]
    public void Parse_QuotesAndLineBreaks_GivesTheCells()
    {
        CsvTable table = CsvTable.Parse("t.csv", "\uFEFFname, value\r\n\"a, \"\"b\"\"\nc\",1.5\r\n\r\nplain,\n");
        Assert.That(table.Texts("name"), Is.EqualTo(new[] { "a, \"b\"\nc", "plain" }));
        Assert.That(table.Numbers("value"), Is.EqualTo(new[] { 1.5, double.NaN }));
        Assert.That(table.LineOf(1), Is.EqualTo(5));
    }

    [Test]
    public void Sum_TwoColumns_IsBlankWhereOneIs() =>
        Assert.That(CsvTable.Parse("t.csv", "a,b\n1,2\n3,\n").Sum("a + b"), Is.EqualTo(new[] { 3, double.NaN }));

    [Test]
    public void Sum_AColumnWithAPlusInItsName_IsThatColumn() =>
        Assert.That(CsvTable.Parse("t.csv", "a,b,a+b\n1,2,7\n").Sum("a+b"), Is.EqualTo(new[] { 7.0 }));

    [Test]
    public void Texts_UnknownColumn_NamesTheNearest() => Assert.That(
        () => CsvTable.Parse("t.csv", "accuracy,b\n1,2\n").Texts("acuracy"),
        Throws.InstanceOf<UsageException>().With.Message.Contains("t.csv has no column 'acuracy'. Did you mean 'accuracy'?"));

    [Test]
    public void Numbers_AText_SaysWhere() => Assert.That(
        () => CsvTable.Parse("t.csv", "a\n1\nx\n").Numbers("a"),
        Throws.InstanceOf<InputFormatException>().With.Message.EqualTo("t.csv: line 3: column 'a' must hold a number, not 'x'."));

    [TestCase("a,b\n1\n", "line 2: 2 values are expected, not 1")]
    [TestCase("a,a\n1,2\n", "two columns are called 'a'")]
    [TestCase("a\n", "at least one row")]
    [TestCase("a\n\"1\n", "never closed")]
    public void Parse_Faulty_SaysWhatAndWhere(string text, string problem) =>
        Assert.That(() => CsvTable.Parse("t.csv", text), Throws.InstanceOf<InputFormatException>().With.Message.Contains(problem));
}
