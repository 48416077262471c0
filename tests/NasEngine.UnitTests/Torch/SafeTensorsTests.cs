using System.Text;
using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.UnitTests.Torch;

internal sealed class SafeTensorsTests
{
    private string _folder = null!;
    private DisposeScope _scope = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("safetensors").FullName;
        _scope = NewDisposeScope();
    }

    [TearDown]
    public void Close()
    {
        _scope.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void WriteAtomic_ThenRead_GivesEqualTensorsAndMetadata()
    {
        string path = Sample(hash: true);

        using SafeTensorsFile file = SafeTensors.Open(path);

        Assert.That(file.Metadata["step"], Is.EqualTo("7"));
        Assert.That(file.Read("weight").data<float>().ToArray(), Is.EqualTo(new float[] { 1, 4, 2, 5, 3, 6 }));
        Assert.That(file.Read("weight").shape, Is.EqualTo(new long[] { 3, 2 }));
        Assert.That(file.Read("half").dtype, Is.EqualTo(ScalarType.BFloat16));
        Assert.That(file.Read("count").item<long>(), Is.EqualTo(1L << 40));
        Assert.That(file.Read("nothing").shape, Is.EqualTo(new long[] { 0, 3 }));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void WriteAtomic_Twice_GivesEqualBytes()
    {
        byte[] first = File.ReadAllBytes(Sample(hash: true));
        Assert.That(File.ReadAllBytes(Sample(hash: true)), Is.EqualTo(first));
    }

    [Test]
    public void WriteAtomic_NameReserved_KeepsOldFileAndLeavesNoOther()
    {
        string path = Sample(hash: true);
        byte[] before = File.ReadAllBytes(path);

        Assert.Throws<ArgumentException>(() => SafeTensors.WriteAtomic(path, [new("__metadata__", ones([1]))]));

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void ReadInto_OtherShape_NamesFileAndBothShapes()
    {
        string path = Sample(hash: false);
        using SafeTensorsFile file = SafeTensors.Open(path);
        SafeTensorsException error = Assert.Throws<SafeTensorsException>(() => file.ReadInto("weight", zeros([2, 3])))!;
        Assert.That(error.Message, Is.EqualTo($"{path}: tensor 'weight' is Float32 [3 × 2], but Float32 [2 × 3] is needed."));
    }

    [Test]
    public void ReadInto_ChannelsLastTarget_KeepsItsLayout()
    {
        string path = Path.Combine(_folder, "image");
        Tensor image = rand([2, 3, 4, 4]);
        SafeTensors.Write(path, [new("image", image)]);
        Tensor target = zeros([2, 3, 4, 4]).contiguous(memory_format.channels_last);

        using SafeTensorsFile file = SafeTensors.Open(path);
        file.ReadInto("image", target);

        Assert.That(target.is_contiguous(memory_format.channels_last), Is.True);
        Assert.That(target.eq(image).all().item<bool>(), Is.True);
    }

    [Test]
    public void Open_OneBitOfDataChanged_IsNoticedByHash()
    {
        string path = Sample(hash: true);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.That(() => SafeTensors.Open(path), Throws.TypeOf<SafeTensorsException>().With.Message.Contains("damaged"));
    }

    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", "too large")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}", "needs 4 bytes")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "starts at byte 4")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "shape[0] = -1")]
    [TestCase("{\"a\":{\"dtype\":\"F3\",\"shape\":[1],\"data_offsets\":[0,4]}}", "element type 'F3'")]
    [TestCase("{\"a\":{\"dtype\":\"F64\",\"shape\":[99],\"data_offsets\":[0,792]}}", "cut short")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[8,8]}}", "twice")]
    [TestCase("{}", "the file holds 8")]
    [TestCase("[]", "not a JSON object")]
    public void Open_HeaderFaulty_NamesFileAndFault(string header, string fault)
    {
        string path = Path.Combine(_folder, "faulty");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[8]]);
        Assert.That(() => SafeTensors.Open(path), Throws.TypeOf<SafeTensorsException>().With.Message.Contains(path).And.Message.Contains(fault));
    }

    [Test]
    public void Read_MutatedAndTruncatedFiles_IsRefusedClearlyOrReads([Values] bool hash)
    {
        byte[] whole = File.ReadAllBytes(Sample(hash));
        string path = Path.Combine(_folder, "mutated");
        Random random = new(11);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            File.WriteAllBytes(path, Mutate(whole, random));
            try
            {
                SafeTensors.Read(path);
            }
            catch (SafeTensorsException error)
            {
                Assert.That(error.Message, Does.StartWith(path));
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(hash ? 250 : 150));
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        int headerEnd = 8 + (int)BitConverter.ToInt64(whole);
        switch (random.Next(5))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                return [.. bytes, .. new byte[random.Next(1, 9)]];
            case 2:
                bytes[random.Next(8)] = (byte)random.Next(256);
                return bytes;
            case 3:
                bytes[random.Next(8, headerEnd)] = (byte)"0123456789\"[]{},:-e"[random.Next(19)];
                return bytes;
            default:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }

    private string Sample(bool hash)
    {
        string path = Path.Combine(_folder, "sample.safetensors");
        SafeTensors.WriteAtomic(
            path,
            new Dictionary<string, Tensor>
            {
                ["weight"] = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]).t(),
                ["half"] = ones([5], bfloat16),
                ["count"] = tensor(1L << 40),
                ["nothing"] = zeros([0, 3]),
            },
            new Dictionary<string, string> { ["step"] = "7" },
            hash);
        return path;
    }
}
