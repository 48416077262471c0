using System.Globalization;
using System.Text.Json.Serialization;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Runs;
using NasEngine.Training.Strategies;
using NasEngine.Training.Supernets;

namespace NasEngine.Jobs.Steps;

/// <summary>Trains the supernet, from its last checkpoint if there is one.</summary>
internal sealed class TrainStep : IRunStep
{
    public string Name => "train";

    public IReadOnlyList<string> Needs => [];

    public async Task<object> RunAsync(RunContext context, CancellationToken cancellationToken) => await AdvanceAsync(context, null, cancellationToken).ConfigureAwait(false);

    /// <summary>Trains on from the last checkpoint.</summary>
    /// <param name="context">The run.</param>
    /// <param name="atLeast">After how much work it stops at the next checkpoint; <see langword="null"/> to go on to the end.</param>
    /// <param name="cancellationToken">Stops after the step in hand, which is kept.</param>
    public static async Task<TrainResult> AdvanceAsync(RunContext context, TimeSpan? atLeast, CancellationToken cancellationToken)
    {
        TrainingRecorder recorder = await TrainingRecorder.OpenAsync(context.Store, context.Run.Id, context.TrainingKey, context.Services.Time, cancellationToken).ConfigureAwait(false);
        await using (recorder.ConfigureAwait(false))
        {
            return Advance(context, recorder, atLeast, cancellationToken);
        }
    }

    // On one thread from its beginning to its end: libtorch's number of threads belongs to the thread that set it.
    private static TrainResult Advance(RunContext context, TrainingRecorder recorder, TimeSpan? atLeast, CancellationToken cancellationToken)
    {
        string path = context.CheckpointPath, key = context.TrainingKey;
        TrainingOptions options = context.Experiment.Train;
        TorchSetup.UseThreads(options.Threads);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream alone = RunLock.Take(path + ".lock", "trains this supernet");
        using Supernet supernet = Supernet.Create(context.Space, context.Seeds.Child("weights"), TorchSetup.Device(options.Device));
        using SandwichTrainer trainer = new(supernet, context.Data, context.Split, options, context.Seeds.Child("train"));
        bool restored = Checkpoint.TryRestore(path, key, supernet, trainer);
        recorder.Begin(trainer.Step, trainer.Curve);
        long started = context.Services.Time.GetTimestamp(), first = trainer.Step;
        if (!trainer.IsDone)
        {
            if (restored)
            {
                context.Services.Progress.Say(string.Create(CultureInfo.InvariantCulture, $"training goes on at step {trainer.Step} of {options.Steps}"));
            }

            Train(context, trainer, supernet, (path, key), recorder, atLeast, cancellationToken);
        }

        double seconds = context.Services.Time.GetElapsedTime(started).TotalSeconds;
        TrainingPoint? last = trainer.Curve.Count > 0 ? trainer.Curve[^1] : null;
        return new TrainResult(
            Path.GetFileName(path), options.Steps, trainer.Step - first, seconds, seconds > 0 ? (trainer.Step - first) / seconds : 0, last?.LargestLoss ?? 0, trainer.Curve) { Step = trainer.Step };
    }

    private static void Train(
        RunContext context, SandwichTrainer trainer, Supernet supernet, (string Path, string Key) checkpoint, TrainingRecorder recorder, TimeSpan? atLeast,
        CancellationToken cancellationToken)
    {
        long started = context.Services.Time.GetTimestamp();
        TrainingOptions options = context.Experiment.Train;
        using IProgressTask progress = context.Services.Progress.Start("train supernet", options.Steps, "step", trainer.Step);
        long written = trainer.Step;
        try
        {
            while (!trainer.IsDone)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TrainingPoint? point = trainer.Advance();
                if (point is not null)
                {
                    recorder.Add(point);
                }

                progress.Report(trainer.Step, point is null ? null : string.Create(CultureInfo.InvariantCulture, $"loss {point.LargestLoss:0.000} largest, {point.SmallestLoss:0.000} smallest"));
                if (trainer.Step % options.CheckpointEvery == 0 && !trainer.IsDone)
                {
                    Checkpoint.Write(checkpoint.Path, checkpoint.Key, supernet, trainer);
                    written = trainer.Step;
                    if (atLeast is TimeSpan enough && context.Services.Time.GetElapsedTime(started) >= enough)
                    {
                        return;
                    }
                }
            }
        }
        finally
        {
            if (trainer.Step > written)
            {
                Checkpoint.Write(checkpoint.Path, checkpoint.Key, supernet, trainer);
            }
        }
    }
}

/// <summary>What training gave.</summary>
/// <param name="Checkpoint">The checkpoint's file name.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="StepsHere">Steps done in the last session.</param>
/// <param name="Seconds">How long these took.</param>
/// <param name="StepsPerSecond">Their rate.</param>
/// <param name="Loss">The largest subnet's last loss.</param>
/// <param name="Curve">The training curve.</param>
internal sealed record TrainResult(string Checkpoint, long Steps, long StepsHere, double Seconds, double StepsPerSecond, double Loss, IReadOnlyList<TrainingPoint> Curve)
{
    /// <summary>Gets the steps done in all.</summary>
    [JsonIgnore]
    public long Step { get; init; }

    /// <summary>Gets whether training is at its end.</summary>
    [JsonIgnore]
    public bool IsDone => Step >= Steps;
}
