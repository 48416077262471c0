using System.Reflection;
using System.Runtime.InteropServices;
using NasEngine.Core.Errors;

namespace NasEngine.Predictors.BoostedTrees;

/// <summary>The part of libxgboost's C interface that training takes.</summary>
internal static partial class XgboostNative
{
    public const string Package = "libxgboost0";

    private const string Library = "xgboost";

    private static readonly string[] FileNames = ["libxgboost.so.0", "libxgboost.so", "xgboost.dll", "libxgboost.dylib"];
    private static readonly Lazy<nint> Handle = new(Load);

    static XgboostNative() => NativeLibrary.SetDllImportResolver(
        typeof(XgboostNative).Assembly, static (name, _, _) => name == Library ? Handle.Value : 0);

    /// <summary>Gets whether the library is installed.</summary>
    public static bool IsThere => Handle.Value != 0;

    /// <summary>Turns a code that the library gave back into an error.</summary>
    /// <exception cref="WorkFailedException">The code is not 0.</exception>
    public static void Check(int code)
    {
        if (code != 0)
        {
            string reason = Marshal.PtrToStringUTF8(GetLastError())?.Split('\n')[0] ?? "no reason given";
            throw new WorkFailedException($"libxgboost could not fit: {reason}");
        }
    }

    [LibraryImport(Library, EntryPoint = "XGBGetLastError")]
    public static partial nint GetLastError();

    [LibraryImport(Library, EntryPoint = "XGDMatrixCreateFromMat")]
    public static partial int CreateMatrix(ReadOnlySpan<float> values, ulong rows, ulong columns, float missing, out nint matrix);

    [LibraryImport(Library, EntryPoint = "XGDMatrixSetFloatInfo", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetNumbers(nint matrix, string field, ReadOnlySpan<float> values, ulong count);

    [LibraryImport(Library, EntryPoint = "XGDMatrixFree")]
    public static partial int FreeMatrix(nint matrix);

    [LibraryImport(Library, EntryPoint = "XGBoosterCreate")]
    public static partial int CreateBooster(ReadOnlySpan<nint> matrices, ulong count, out nint booster);

    [LibraryImport(Library, EntryPoint = "XGBoosterSetParam", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetParameter(nint booster, string name, string value);

    [LibraryImport(Library, EntryPoint = "XGBoosterUpdateOneIter")]
    public static partial int Update(nint booster, int iteration, nint matrix);

    [LibraryImport(Library, EntryPoint = "XGBoosterSaveModelToBuffer", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Save(nint booster, string settings, out ulong length, out nint bytes);

    [LibraryImport(Library, EntryPoint = "XGBoosterPredict")]
    public static partial int Predict(nint booster, nint matrix, int options, uint trees, int isTraining, out ulong length, out nint values);

    [LibraryImport(Library, EntryPoint = "XGBoosterFree")]
    public static partial int FreeBooster(nint booster);

    private static nint Load()
    {
        Assembly assembly = typeof(XgboostNative).Assembly;
        foreach (string name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, assembly, null, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
