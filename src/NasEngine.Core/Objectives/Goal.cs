namespace NasEngine.Core.Objectives;

/// <summary>Which way is better.</summary>
public enum Goal
{
    /// <summary>Smaller is better.</summary>
    Minimize,

    /// <summary>Larger is better.</summary>
    Maximize,
}
