using Spectre.Console;
using Spectre.Console.Rendering;

namespace NasEngine.Cli.Terminal;

/// <summary>Prints tables: drawn on a terminal, plain columns elsewhere.</summary>
internal static class Table
{
    /// <summary>Prints rows under headings; columns whose heading starts with <c>&gt;</c> are aligned to the right.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        bool isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = isTerminal ? new AnsiConsoleOutput(output) : new WideOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        });
        Spectre.Console.Table table = new() { Border = isTerminal ? TableBorder.Rounded : TableBorder.None, ShowHeaders = true };
        foreach (string heading in headings)
        {
            bool right = heading.StartsWith('>');
            table.AddColumn(new TableColumn(new Text(heading.TrimStart('>'))) { Alignment = right ? Justify.Right : Justify.Left, NoWrap = !isTerminal });
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(IRenderable (cell) => new Text(cell)));
        }

        console.Write(table);
    }

    // A pipe has no width: nothing is wrapped or cut.
    private sealed class WideOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => 4000;

        public int Height => 100;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
