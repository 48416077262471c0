using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NasEngine.Jobs.Experiments;

namespace NasEngine.Jobs.Runs;

/// <summary>Digests of what goes into runs and steps.</summary>
public static class RunKey
{
    /// <summary>Gives the digest of values, in order; 64 hexadecimal digits.</summary>
    public static string Of(params ReadOnlySpan<object?> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (object? part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(part, part?.GetType() ?? typeof(object))));
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Gives the id of the run that an experiment makes: the same experiment, the same run.</summary>
    public static string RunId(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return $"{experiment.Name}-{Of(Describe(experiment))[..8]}";
    }

    // Every default is written out, so that a file that names one is the same experiment as a file that leaves it out.
    private static string Describe(Experiment experiment)
    {
        return JsonSerializer.Serialize(
            new
            {
                experiment.Name,
                Space = experiment.Space.Name,
                SpaceFingerprint = experiment.Space.Fingerprint,
                experiment.Seed,
                Objectives = experiment.Objectives.Select(objective => $"{objective.Goal} {objective.Key}"),
                Constraints = experiment.Constraints.Select(constraint => constraint.ToString()),
                experiment.Data,
                experiment.Train,
                experiment.Profile,
                experiment.Fit,
                Search = new { experiment.Search.Algorithm, experiment.Search.Evaluations, experiment.Search.Verify, Options = (object)experiment.Search.Options },
                experiment.Export,
            },
            JsonSerializerOptions.Web);
    }

    /// <summary>Gives the digest of what goes into training a supernet: another search on the same supernet finds it trained.</summary>
    public static string Training(Experiment experiment, string dataFingerprint)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Of("train", experiment.Space.Fingerprint, experiment.Seed, dataFingerprint, experiment.Data.Validation, experiment.Train with { CheckpointEvery = 1 });
    }
}
