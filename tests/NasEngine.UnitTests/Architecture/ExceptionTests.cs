using System.Reflection;
using NasEngine.Cli;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Runs;

namespace NasEngine.UnitTests.Architecture;

internal sealed class ExceptionTests
{
    // The command line turns these, and only these, into a line and an exit code. The tensor library references nothing, so its own stand alone.
    [Test]
    public void Exceptions_OfEveryProjectButTorch_AreNasExceptions()
    {
        Assembly[] assemblies = [typeof(NasCommandLine).Assembly, .. typeof(ExperimentRunner).Assembly.GetReferencedAssemblies()
            .Append(typeof(ExperimentRunner).Assembly.GetName())
            .Where(name => name.Name!.StartsWith("NasEngine.", StringComparison.Ordinal) && name.Name != "NasEngine.Torch").Select(Assembly.Load)];
        Type[] exceptions = [.. assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Exception)))];
        Assert.That(exceptions, Has.Length.GreaterThan(5), "the search must find some");
        Assert.That(exceptions.Where(type => type != typeof(NasException) && !type.IsSubclassOf(typeof(NasException))), Is.Empty);
    }
}
