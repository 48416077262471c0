using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;
using NasEngine.Training.DataSets;

namespace NasEngine.Training.Strategies;

/// <summary>Checks that a data set is what a space was made for.</summary>
internal static class TaskCheck
{
    /// <summary>Refuses a data set with other channels or classes than the space's task.</summary>
    /// <exception cref="UsageException">They differ.</exception>
    public static void Require(SearchSpace space, ImageDataSet data)
    {
        if (space.Task.Channels != data.Channels || space.Task.Classes != data.Classes)
        {
            throw new UsageException(
                $"Space '{space.Name}' is for images of {space.Task.Channels} channels in {space.Task.Classes} classes, but {data.Name} has {data.Channels} channels and {data.Classes} classes. Change 'task' in the space.");
        }
    }
}
