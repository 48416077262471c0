namespace NasEngine.Testing.Jobs;

/// <summary>What came of damaged files of one kind.</summary>
/// <param name="Kind">The kind of file.</param>
/// <param name="Accepted">How many did no harm: the command did its work.</param>
/// <param name="Refused">How many were refused with exit code 2 and a message.</param>
/// <param name="Wrong">Anything else, a text for each.</param>
public sealed record FuzzResult(string Kind, int Accepted, int Refused, IReadOnlyList<string> Wrong)
{
    /// <summary>Gives the counts in one line.</summary>
    public override string ToString() => $"{Kind}: {Accepted + Refused + Wrong.Count} files, {Accepted} accepted, {Refused} refused with a message, {Wrong.Count} wrong";
}
