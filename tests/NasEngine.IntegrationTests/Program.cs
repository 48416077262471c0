using NasEngine.IntegrationTests.Storage;

// The test runner loads this assembly without starting it; a test starts it as the process that it kills.
return args switch
{
    ["append-evaluations", string file, string writer] => await AppendingProcess.RunAsync(file, writer),
    _ => 2,
};
