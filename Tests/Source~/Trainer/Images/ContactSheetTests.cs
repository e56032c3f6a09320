using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class ContactSheetTests
{
    [Test]
    public void CellsStandInRowsWithGaps()
    {
        Bitmap[] cells = Enumerable.Range(0, 5).Select(i => Flat(4, 3, new Rgba32((byte)i, 1, 2))).ToArray();
        Bitmap sheet = ContactSheet.Compose(cells, columns: 3, scale: 2, gap: 1);
        Assert.That((sheet.Width, sheet.Height), Is.EqualTo((1 + 3 * 9, 1 + 2 * 7)));
        for (int i = 0; i < 5; i++)
        {
            (int x, int y) = (1 + i % 3 * 9, 1 + i / 3 * 7);
            Assert.That(sheet.Crop(x, y, 8, 6).Pixels, Is.All.EqualTo(new Rgba32((byte)i, 1, 2)));
            Assert.That(sheet[x - 1, y], Is.EqualTo(sheet[0, 0]));
        }
        Assert.That(sheet.Crop(1 + 2 * 9, 1 + 7, 8, 6).Pixels, Is.All.EqualTo(sheet[0, 0]), "the empty place");
    }

    [Test]
    public void TheSheetIsOpaqueWhateverTheSprites()
    {
        Bitmap sheet = ContactSheet.Compose([Flat(9, 9, default), Flat(9, 9, new Rgba32(255, 0, 0, 100))], 8);
        Assert.That(sheet.Pixels.Select(pixel => pixel.A), Is.All.EqualTo(255));
        Assert.That(sheet.Width, Is.EqualTo(2 + 2 * 20), "no more columns than cells");
    }

    [Test]
    public void CheckerIsSeenOnlyThroughTransparencyAndCanBeTurnedOff()
    {
        Bitmap[] cells = [Flat(16, 16, default)];
        Assert.That(ContactSheet.Compose(cells, 1, gap: 0).Pixels.Distinct().Count(), Is.EqualTo(2));
        Assert.That(ContactSheet.Compose(cells, 1, gap: 0, checker: false).Pixels.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void SmallerCellsAreCentred()
    {
        var white = new Rgba32(255, 255, 255);
        Bitmap sheet = ContactSheet.Compose([Flat(6, 6, default), Flat(2, 4, white)], 2, scale: 1, gap: 0);
        Assert.That(sheet.Crop(8, 1, 2, 4).Pixels, Is.All.EqualTo(white));
        Assert.That(sheet.Pixels.Count(pixel => pixel == white), Is.EqualTo(8));
    }

    [Test]
    public void NothingAndTooMuchAreUserErrors()
    {
        Assert.That(Assert.Throws<UserError>(() => ContactSheet.Compose([], 4))!.Message, Does.Contain("0 sprites"));
        Bitmap[] cells = Enumerable.Repeat(Flat(100, 100, default), 100).ToArray();
        Assert.That(Assert.Throws<UserError>(() => ContactSheet.Compose(cells, 100))!.Message, Does.Contain("20202x204"));
    }

    private static Bitmap Flat(int width, int height, Rgba32 color) =>
        new(width, height, Enumerable.Repeat(color, width * height).ToArray());
}
