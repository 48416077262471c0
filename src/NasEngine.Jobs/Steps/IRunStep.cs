using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Steps;

/// <summary>One step of a run.</summary>
/// <remarks>A step may be run again after it was stopped anywhere: it goes on with what it finds stored.</remarks>
internal interface IRunStep
{
    /// <summary>Gets the name, as the command line has it.</summary>
    string Name { get; }

    /// <summary>Gets the steps whose results it needs.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <summary>Does the work.</summary>
    /// <returns>What came out, to be kept as JSON.</returns>
    Task<object> RunAsync(RunContext context, CancellationToken cancellationToken);
}
