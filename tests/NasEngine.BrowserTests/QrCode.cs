namespace NasEngine.BrowserTests;

/// <summary>Reads a QR code as a phone does: from a picture of it.</summary>
internal static class QrCode
{
    /// <summary>Gives the text of the code that an element shows, or <see langword="null"/> if it cannot be read.</summary>
    public static async Task<string?> ReadAsync(ILocator code)
    {
        if (!await NodeScript.TryAddAsync(code.Page, "jsqr/dist/jsQR.js", "jsQR"))
        {
            Assert.Ignore(NodeScript.Missing);
        }

        return await code.Page.EvaluateAsync<string?>(
            """
            async picture => {
                const image = new Image();
                image.src = `data:image/png;base64,${picture}`;
                await image.decode();
                const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height }).getContext("2d");
                canvas.drawImage(image, 0, 0);
                return jsQR(canvas.getImageData(0, 0, image.width, image.height).data, image.width, image.height)?.data ?? null;
            }
            """,
            Convert.ToBase64String(await code.ScreenshotAsync()));
    }
}
