using System.Runtime.CompilerServices;

namespace NasEngine.Testing;

/// <summary>Compares a text with the one a person approved.</summary>
public static class Approval
{
    /// <summary>Compares with <c>Approved/Class.Method.approved.txt</c> beside the test; writes what was received where they differ.</summary>
    public static void Verify(string text, [CallerFilePath] string testFile = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        TestContext.TestAdapter test = TestContext.CurrentContext.Test;
        string stem = Path.Combine(Path.GetDirectoryName(testFile)!, "Approved", $"{Path.GetFileNameWithoutExtension(testFile)}.{test.MethodName}");
        (string approvedFile, string receivedFile) = ($"{stem}.approved.txt", $"{stem}.received.txt");
        string received = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        string approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : string.Empty;
        if (received == approved)
        {
            File.Delete(receivedFile);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(stem)!);
        File.WriteAllText(receivedFile, received);
        Assert.That(received, Is.EqualTo(approved), $"If the new text is right, rename it: mv {receivedFile} {approvedFile}");
    }
}
