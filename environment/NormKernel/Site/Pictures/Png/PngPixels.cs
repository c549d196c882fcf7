namespace NormKernel.Site.Pictures.Png;

/// <summary>A picture in memory: three bytes for each pixel, row by row from the top.</summary>
internal sealed record PngPixels(int Width, int Height, byte[] Rgb);
