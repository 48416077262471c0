namespace NasEngine.Storage.Schema;

/// <summary>Version 4: artefacts' content.</summary>
internal static class BlobTables
{
    /// <summary>Gives the script.</summary>
    public static string Create(SqlDialect sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return string.Empty;
    }
}
