using NasEngine.Cli;

return await NasCommandLine.RunAsync(args, Console.Out, Console.Error);
