namespace NasEngine.Storage.Schema;

/// <summary>Version 3: devices.</summary>
internal static class DeviceTables
{
    /// <summary>Gives the script.</summary>
    public static string Create(SqlDialect sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return string.Empty;
    }
}
