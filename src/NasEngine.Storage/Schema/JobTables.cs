namespace NasEngine.Storage.Schema;

/// <summary>Version 2: background jobs.</summary>
internal static class JobTables
{
    /// <summary>Gives the script.</summary>
    public static string Create(SqlDialect sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return string.Empty;
    }
}
