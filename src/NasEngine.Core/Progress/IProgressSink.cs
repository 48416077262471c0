namespace NasEngine.Core.Progress;

/// <summary>Shows a person how far long work is. Implemented by the terminal, and by nothing in tests.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IProgressSink
{
    /// <summary>Starts a piece of work.</summary>
    /// <param name="title">What is done, such as <c>train supernet</c>.</param>
    /// <param name="total">How many units it has.</param>
    /// <param name="unit">What a unit is, such as <c>step</c>.</param>
    /// <param name="done">Units that were done in an earlier session.</param>
    IProgressTask Start(string title, long total, string unit, long done = 0);

    /// <summary>Says something worth a line of the log.</summary>
    void Say(string line);
}

/// <summary>One piece of work under way; disposing it ends it.</summary>
public interface IProgressTask : IDisposable
{
    /// <summary>Says how many units are done, and what the latest values are.</summary>
    /// <param name="done">Units done in all.</param>
    /// <param name="note">A short text such as <c>loss 0.41</c>, or <see langword="null"/>.</param>
    void Report(long done, string? note = null);
}
