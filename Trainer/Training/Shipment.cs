using System;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Training;

/// <summary>A trained model, ready to be written in any precision.</summary>
/// <param name="Decoder">The file that ships, for a precision of its weights.</param>
/// <param name="Encoder">The file that stays with the tools.</param>
public sealed record Shipment(Func<WeightPrecision, byte[]> Decoder, byte[] Encoder);
