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

    /// <summary>Gets the family that the spaces are of.</summary>
    public static INetworkFamily MobileCnn => NetworkFamilies.All.Single(family => family.Name == "mobile-cnn");

    /// <summary>Reads the shipped space.</summary>
    public static SearchSpace FashionMobile() => NetworkFamilies.CreateSpaceReader().ReadFile(RepositoryFiles.PathOf("searchspaces/fashion-mobile.json"));

    /// <summary>Reads the small space.</summary>
    public static SearchSpace Tiny() => Read(TinyText);

    /// <summary>Reads a space from its text.</summary>
    public static SearchSpace Read(string text) => NetworkFamilies.CreateSpaceReader().ReadText("space.json", Encoding.UTF8.GetBytes(text));
}
