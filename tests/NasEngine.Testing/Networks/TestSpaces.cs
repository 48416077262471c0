using System.Text;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;

namespace NasEngine.Testing.Networks;

/// <summary>Spaces for tests: the shipped one, and one small enough to enumerate.</summary>
public static class TestSpaces
{
    /// <summary>Two stages of up to two blocks: every kind of gene, 2 × 40 × 40 architectures at most.</summary>
    public const string TinyText = """
        {
          "name": "tiny", "family": "mobile-cnn", "version": 1,
          "task": { "kind": "image-classification", "data": "fashion-mnist", "channels": 1, "classes": 3 },
          "dimensions": [
            { "name": "resolution", "choices": [8, 12] },
            { "name": "depth", "per": "stage", "choices": [1, 2] },
            { "name": "kernel", "per": "block", "choices": [3, 5] },
            { "name": "expand", "per": "block", "choices": [1, 2] },
            { "name": "width", "per": "stage", "choices": [0.5, 1] }
          ],
          "stem": { "channels": 4, "kernel": 3, "stride": 1 },
          "stages": [ { "channels": 4, "stride": 1 }, { "channels": 8, "stride": 2 } ],
          "head": { "channels": 16 },
          "channelMultiple": 2
        }
        """;

    /// <summary>Two stages of cells of three nodes, with every operation.</summary>
    public const string TinyCellsText = """
        {
          "name": "tiny-cells", "family": "cell-cnn", "version": 1,
          "task": { "kind": "image-classification", "data": "cifar10", "channels": 3, "classes": 3 },
          "resolution": 6,
          "stages": [ { "channels": 3, "cells": 1 }, { "channels": 4, "cells": 1 } ],
          "cell": { "nodes": 3, "join": "sum", "operations": ["none", "skip", "avgpool3x3", "maxpool3x3", "conv1x1", "conv3x3", "conv5x5", "sepconv3x3", "sepconv5x5"] }
        }
        """;

    /// <summary>Gets the family of spaces of cells.</summary>
    public static INetworkFamily CellCnn => NetworkFamilies.All.Single(family => family.Name == "cell-cnn");

    /// <summary>Gets the family that the mobile spaces are of.</summary>
    public static INetworkFamily MobileCnn => NetworkFamilies.All.Single(family => family.Name == "mobile-cnn");

    /// <summary>Reads the shipped space.</summary>
    public static SearchSpace FashionMobile() => NetworkFamilies.CreateSpaceReader().ReadFile(RepositoryFiles.PathOf("searchspaces/fashion-mobile.json"));

    /// <summary>Reads the shipped space of cells.</summary>
    public static SearchSpace CellCifar() => NetworkFamilies.CreateSpaceReader().ReadFile(RepositoryFiles.PathOf("searchspaces/cell-cifar10.json"));

    /// <summary>Reads the small space of cells.</summary>
    public static SearchSpace TinyCells() => Read(TinyCellsText);

    /// <summary>Reads the small space.</summary>
    public static SearchSpace Tiny() => Read(TinyText);

    /// <summary>Reads a space from its text.</summary>
    public static SearchSpace Read(string text) => NetworkFamilies.CreateSpaceReader().ReadText("space.json", Encoding.UTF8.GetBytes(text));
}
