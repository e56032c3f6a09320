using System;
using Google.Protobuf;
using VaeContent.Internal;
using VaeContent.Trainer.Export.Onnx;
using DataType = VaeContent.Trainer.Export.Onnx.TensorProto.Types.DataType;

namespace VaeContent.Tests.Runtime
{
    internal static partial class TestBundles
    {
        /// <summary>
        /// Noise numbers and hidden units of <see cref="PriorNetwork"/>; sums long enough to be added up in blocks.
        /// </summary>
        internal const int P = 3, Hidden = 300;

        /// <summary>Palette indices, drawn by <see cref="PriorNetwork"/>.</summary>
        internal static ModelProto Network(bool labelledPrior = false, bool conditional = false) =>
            Indexed(conditional).WithNetwork(PriorNetwork(labelledPrior));

        /// <summary>A decoder whose prior hands its noise on: z = noise.</summary>
        internal static ModelProto IdentityNetwork()
        {
            var prior = NewPrior(Z, labelled: false);
            Op(prior.Graph, "Mul", "z", "noise", Constant(prior.Graph, "one", 1f));
            return Rgba().WithNetwork(prior);
        }

        /// <summary>Two layers, z = tanh([noise, label] w0 + b0) w1.</summary>
        internal static ModelProto PriorNetwork(bool labelled = false)
        {
            var model = NewPrior(P, labelled);
            var prior = model.Graph;
            int inputs = labelled ? P + Labels.Length : P;
            string last = labelled ? Join(prior, "noise") : "noise";
            last = Gemm(prior, "dense", last, Weights(prior, "w0", 0.7, inputs, Hidden), Weights(prior, "b0", 0.3, Hidden));
            last = Op(prior, "Tanh", "hidden", last);
            Op(prior, "MatMul", "z", last, Weights(prior, "w1", 0.1, Hidden, Z));
            return model;
        }

        /// <summary>Ships a prior's model inside a decoder.</summary>
        internal static ModelProto WithNetwork(this ModelProto decoder, ModelProto prior)
        {
            bool labelled = prior.Graph.Input.Count > 1;
            int noise = (int)prior.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue;
            if (labelled) decoder.WithLabels();
            bool hasLabels = labelled || decoder.Graph.Input.Count > 1;
            decoder.WithPrior(Prior.Network(Z, noise, hasLabels ? new[] { 5, 3, 2 } : Array.Empty<int>(), labelled));
            return decoder.WithNetwork(prior.ToByteArray());
        }

        /// <summary>The same with any bytes in the prior's place, without its metadata.</summary>
        internal static ModelProto WithNetwork(this ModelProto decoder, byte[] prior)
        {
            var tensor = new TensorProto
            {
                Name = BundleKeys.PriorNetwork,
                DataType = (int)DataType.Uint8,
                RawData = ByteString.CopyFrom(prior)
            };
            tensor.Dims.Add(prior.Length);
            decoder.Graph.Initializer.Add(tensor);
            return decoder;
        }

        internal static ModelProto NewPrior(int noise, bool labelled)
        {
            var model = NewModel();
            model.Graph.Input.Add(Value("noise", DataType.Float, -1, noise));
            if (labelled) model.Graph.Input.Add(Value("label", DataType.Float, -1, Labels.Length));
            model.Graph.Output.Add(Value("z", DataType.Float, -1, Z));
            return model;
        }
    }
}
