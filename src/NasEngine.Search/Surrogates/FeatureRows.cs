using NasEngine.Core.Spaces;

namespace NasEngine.Search.Surrogates;

/// <summary>Features and codes of a list of architectures, row by row, that can grow.</summary>
internal sealed class FeatureRows(SurrogateFeatures source)
{
    private float[] _features = new float[source.Count * 16];
    private byte[] _codes = new byte[source.Genes * 16];

    public int Count { get; private set; }

    public int Columns => source.Count;

    public int Genes => source.Genes;

    public ReadOnlySpan<float> Features(int row) => _features.AsSpan(row * source.Count, source.Count);

    public ReadOnlySpan<byte> Codes(int row) => _codes.AsSpan(row * source.Genes, source.Genes);

    public void Add(Genotype genotype)
    {
        if ((Count + 1) * source.Count > _features.Length || (Count + 1) * source.Genes > _codes.Length)
        {
            Array.Resize(ref _features, _features.Length * 2);
            Array.Resize(ref _codes, _codes.Length * 2);
        }

        source.Write(genotype, _features.AsSpan(Count * source.Count, source.Count), _codes.AsSpan(Count * source.Genes, source.Genes));
        Count++;
    }

    public void Truncate(int count) => Count = Math.Min(Count, count);
}
