using System;
using VaeContent.Trainer.Graphs.Onnx;

namespace VaeContent.Tests.Runtime
{
    internal static partial class TestBundles
    {
        /// <summary>Noise numbers and hidden units of <see cref="Network"/>'s prior; sums long enough to be added up in blocks.</summary>
        internal const int P = 3, Hidden = 300;

        /// <summary>A decoder behind a prior of two layers, z = tanh([noise, label] W0 + b0) W1.</summary>
        internal static ModelProto Network(bool labelledPrior = false, bool conditional = false)
        {
            var prior = new GraphProto();
            string last = "noise";
            if (labelledPrior)
            {
                last = Op(prior, "Concat", "prior.joined", "noise", "label");
                Int(prior.Node[^1], "axis", 1);
            }

            int inputs = labelledPrior ? P + Labels.Length : P;
            last = Op(prior, "Gemm", "prior.dense", last, Weights(prior, "prior.w0", 0.7, inputs, Hidden), Weights(prior, "prior.b0", 0.3, Hidden));
            last = Op(prior, "Tanh", "prior.hidden", last);
            Op(prior, "MatMul", "z", last, Weights(prior, "prior.w1", 0.1, Hidden, Z));
            return Behind(prior, P, labelledPrior, Indexed(conditional));
        }

        /// <summary>A prior that hands its noise on: z = noise.</summary>
        internal static ModelProto IdentityNetwork()
        {
            var prior = new GraphProto();
            Op(prior, "Identity", "z", "noise");
            return Behind(prior, Z, false, Rgba());
        }

        private static ModelProto Behind(GraphProto prior, int noise, bool labelledPrior, ModelProto model)
        {
            var graph = model.Graph;
            bool conditional = graph.Input.Count > 1;
            graph.Input[0] = Value("noise", TensorProto.Types.DataType.Float, -1, noise);
            if (labelledPrior && !conditional) graph.Input.Add(Value("label", TensorProto.Types.DataType.Float, -1, Labels.Length));
            graph.Output.Add(Value("z", TensorProto.Types.DataType.Float, -1, Z));
            graph.Initializer.Add(prior.Initializer);
            for (int i = 0; i < prior.Node.Count; i++) graph.Node.Insert(i, prior.Node[i]);
            bool labels = labelledPrior || conditional;
            if (labels) model.WithLabels();
            return model.WithPrior(Prior.Network(Z, noise, labels ? new[] { 5, 3, 2 } : Array.Empty<int>(), labelledPrior));
        }
    }
}
