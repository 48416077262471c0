using System.Text.Json.Nodes;

namespace NasEngine.Reports.Definitions;

/// <summary>A chart ready to be drawn, in a page or without one.</summary>
/// <param name="Name">Lower-case letters, digits and dashes: the name of the file and the prefix of ids in the drawing.</param>
/// <param name="Layout">The room it has.</param>
/// <param name="Option">The ECharts option.</param>
public sealed record ChartDefinition(string Name, ChartLayout Layout, JsonObject Option);
