namespace NasEngine.Core.Spaces;

/// <summary>What the networks of a space are for.</summary>
/// <param name="Kind">The kind of task, such as <c>image-classification</c>.</param>
/// <param name="Data">The data set's name, such as <c>fashion-mnist</c>.</param>
/// <param name="Channels">Channels of an input image.</param>
/// <param name="Classes">Classes to tell apart.</param>
public sealed record SpaceTask(string Kind, string Data, int Channels, int Classes)
{
    /// <summary>Gets the task of spaces that have no networks.</summary>
    public static SpaceTask None { get; } = new("none", string.Empty, 1, 2);
}
