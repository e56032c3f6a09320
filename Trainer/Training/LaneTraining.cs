using System;
using System.Threading;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>A training loop in as many lanes as suit its engine and its batch: the same training as in one, to rounding.</summary>
internal static class LaneTraining
{
    /// <inheritdoc cref="TrainingLoop.Run"/>
    public static (TrainingLog Log, bool Finished) Run(RunConfig config, Dataset data, RunFolder folder, IEngine engine, Action<LogEntry> report, bool resume, CancellationToken cancel,
        IProcessGroup? group = null)
    {
        // Two regularisers compare the latents of a batch with each other; an engine in a group wants one lane.
        int lanes = config.Model.Regulariser is Regulariser.Tc or Regulariser.Mmd ? 1 : engine.LanesFor(config.Training.Batch);
        return lanes == 1 ? new TrainingLoop(config, data, folder, engine, report, group).Run(resume, cancel)
            : LaneGroup.Run(lanes, engine.Threads, lane => new TrainingLoop(config, data, folder, engine.InLane(lane), report, lane).Run(resume, cancel))[0];
    }
}
