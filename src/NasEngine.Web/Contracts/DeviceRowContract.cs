namespace NasEngine.Web.Contracts;

/// <summary>A device in a list, as a client needs it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">The text that an experiment names it by.</param>
/// <param name="Kind"><c>agent</c>, <c>browser</c>, <c>local</c> or <c>replay</c>.</param>
/// <param name="State"><c>online</c>, <c>offline</c> or <c>busy</c>.</param>
/// <param name="LastSeen">When it was last heard of.</param>
/// <param name="QueueLength">The networks that wait for it.</param>
public sealed record DeviceRowContract(string Name, string Form, string Kind, string State, DateTimeOffset LastSeen, int QueueLength);
