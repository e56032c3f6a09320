using System;
using System.IO;
using VaeContent;
using VaeContent.Samples;

// A game without an engine: heroes that walk and turn into one another, in the terminal. Arguments: seconds (10), a .vae file.
int seconds = args.Length > 0 && int.TryParse(args[0], out int asked) ? asked : 10;
string path = args.Length > 1 ? args[1] : Path.Combine(AppContext.BaseDirectory, "walkers.vae");

using var parade = new Parade(VaeBundle.Load(path), heroes: 3);
var screen = new HalfBlocks(parade.Width, parade.Height);
var clock = new FrameClock(framesPerSecond: 60, frames: seconds * 60);
using Stream terminal = Console.OpenStandardOutput();

terminal.Write(HalfBlocks.Enter);
try
{
    while (clock.Next(out double time))
    {
        parade.Draw(time, screen.Pixels);
        terminal.Write(screen.Render());
        clock.Worked();
    }
}
finally
{
    terminal.Write(HalfBlocks.Leave);
}

Console.WriteLine(clock.Report);
Console.WriteLine(parade.DeviceReport);
