using System;
using TorchSharp.Modules;
using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>One step of a network: <c>forward</c> for libtorch and, right under it, the same step as ONNX nodes.</summary>
internal abstract class Block(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Appends this step, with its weights inside, to a graph.</summary>
    public abstract OnnxValue ToOnnx(OnnxGraph g, OnnxValue x);
}

/// <summary>A block whose weights can be rounded with regard to what comes in: see <see cref="CalibratedSteps"/>.</summary>
internal interface ICalibrated
{
    /// <summary>What its weights are called in a file.</summary>
    string WeightName { get; }

    /// <summary>What comes in as rows (R, K), each of which meets the weights of K inputs.</summary>
    Tensor InputRows(Tensor x);
}

/// <summary>y = x W + b; x is flattened first.</summary>
internal sealed class Dense : Block, ICalibrated
{
    private readonly string _name;
    private readonly int _required;
    private readonly Linear _linear;

    /// <summary>
    /// A layer from <paramref name="inputs"/> to <paramref name="units"/> numbers, the last <paramref name="optional"/> of which
    /// may be left out where they are 0.
    /// </summary>
    public Dense(string name, int inputs, int units, WeightInit init, float gain = 1f, int optional = 0) : base(name)
    {
        (_name, _required) = (name, inputs - optional);
        _linear = nn.Linear(inputs, units);
        init.Linear(_linear, gain);
        RegisterComponents();
    }

    public string WeightName => _name + ".w";

    // (B, K) -> (B, units)
    public override Tensor forward(Tensor x)
    {
        Tensor flat = x.flatten(1);
        return IsWhole(flat.shape[1]) ? _linear.call(flat) : nn.functional.linear(flat, Required, _linear.bias);
    }

    public Tensor InputRows(Tensor x) => x.flatten(1);

    public override OnnxValue ToOnnx(OnnxGraph g, OnnxValue x)
    {
        OnnxValue flat = g.Reshape(x, x.Shape[0], x.Count / x.Shape[0]);
        Tensor given = IsWhole(flat.Shape[1]) ? _linear.weight! : Required;
        return g.Gemm(flat, g.Weight(WeightName, given.t(), inputAxis: 0), g.Weight($"{_name}.b", _linear.bias!, inputAxis: 0));
    }

    /// <summary>The same layer at each place of a map (B, K, H, W): (B, units, H, W).</summary>
    public OnnxValue ToOnnxAtEachPlace(OnnxGraph g, OnnxValue map) => g.Conv(map,
        g.Weight(WeightName, _linear.weight!.unsqueeze(2).unsqueeze(3), inputAxis: 1),
        g.Weight($"{_name}.b", _linear.bias!, inputAxis: 0), 1, [0, 0, 0, 0]);

    /// <summary>
    /// The weights (inputs, units) and the bias (units) as parts of a graph, for a layer that is folded into others.
    /// </summary>
    public (OnnxValue Weights, OnnxValue Bias) ToOnnxWeights(OnnxGraph g) =>
        (g.Weight(WeightName, _linear.weight!.t(), inputAxis: 0), g.Weight($"{_name}.b", _linear.bias!, inputAxis: 0));

    private Tensor Required => _linear.weight!.narrow(1, 0, _required);

    // Whether all inputs are given; libtorch refuses numbers that are neither all nor the required ones.
    private bool IsWhole(long given) => given != _required || given == _linear.weight!.shape[1];
}

/// <summary>A square convolution. With stride 2 a side of n becomes ceil(n / 2), with stride 1 it stays.</summary>
internal sealed class Convolution : Block
{
    private readonly string _name;
    private readonly int _stride, _kernel;
    private readonly Conv2d _conv;

    public Convolution(string name, int inputs, int channels, int kernel, int stride, WeightInit init) : base(name)
    {
        (_name, _stride, _kernel) = (name, stride, kernel);
        OneDnn.Require(inputs, channels, stride);
        _conv = nn.Conv2d(inputs, channels, kernel, stride);
        init.Normal(_conv.weight!, inputs * kernel * kernel);
        init.Zeros(_conv.bias!);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        long[] pads = Pads((int)x.shape[2], (int)x.shape[3]);
        if (pads[0] == pads[2] && pads[1] == pads[3])
            return nn.functional.conv2d(x, _conv.weight!, _conv.bias, strides: [_stride, _stride], padding: [pads[0], pads[1]]);
        return _conv.call(nn.functional.pad(x, [pads[1], pads[3], pads[0], pads[2]], value: 0f)); // left, right, top, bottom
    }

    public override OnnxValue ToOnnx(OnnxGraph g, OnnxValue x) =>
        g.Conv(x, g.Weight($"{_name}.w", _conv.weight!, inputAxis: 1), g.Weight($"{_name}.b", _conv.bias!, inputAxis: 0), _stride,
            Pads(x.Shape[2], x.Shape[3]));

    // Top, left, bottom, right. Stride 2 halves and rounds up: an odd side gets one more row of zeros at its end.
    private long[] Pads(int height, int width)
    {
        long before = (_kernel - 1) / 2;
        long After(int side) => _stride == 1 ? _kernel - 1 - before : before + (side % 2);
        return [before, before, After(height), After(width)];
    }
}

/// <summary>A transposed convolution of stride 2 with a 4x4 or 3x3 kernel, cropped to the given size where that is odd.</summary>
internal sealed class Upsample : Block, ICalibrated
{
    private readonly string _name;
    private readonly int _height, _width, _outputPadding;
    private readonly ConvTranspose2d _conv;

    public Upsample(string name, int inputs, int channels, int height, int width, int kernel, WeightInit init) : base(name)
    {
        (_name, _height, _width, _outputPadding) = (name, height, width, 4 - kernel);
        OneDnn.Require(inputs, channels, stride: 2, isTransposed: true);
        _conv = nn.ConvTranspose2d(inputs, channels, kernel, stride: 2, padding: 1, output_padding: _outputPadding);
        // Each outgoing pixel sees 2x2 of a 4x4 kernel; of a 3x3 one, a quarter of it.
        init.Normal(_conv.weight!, inputs * kernel * kernel / 4);
        init.Zeros(_conv.bias!);
        RegisterComponents();
    }

    public string WeightName => _name + ".w";

    public Tensor InputRows(Tensor x) => x.InRows();

    public override Tensor forward(Tensor x)
    {
        Tensor y = _conv.call(x); // (B, C, 2h, 2w)
        if (y.shape[2] != _height) y = y.narrow(2, 0, _height);
        return y.shape[3] == _width ? y : y.narrow(3, 0, _width);
    }

    public override OnnxValue ToOnnx(OnnxGraph g, OnnxValue x)
    {
        OnnxValue w = g.Weight(WeightName, _conv.weight!, inputAxis: 0), b = g.Weight($"{_name}.b", _conv.bias!, inputAxis: 0);
        return g.Crop(g.ConvTranspose(x, w, b, _outputPadding), _height, _width);
    }
}

/// <summary>Numbers as a map of channels x height x width.</summary>
internal sealed class Unflatten(string name, int channels, int height, int width) : Block(name)
{
    public override Tensor forward(Tensor x) => x.reshape(-1, channels, height, width);

    public override OnnxValue ToOnnx(OnnxGraph g, OnnxValue x) => g.Reshape(x, x.Shape[0], channels, height, width);
}

/// <summary>An elementwise nonlinearity.</summary>
internal sealed class Nonlinearity(string name, Activation function) : Block(name)
{
    private const float LeakySlope = 0.1f;

    public override Tensor forward(Tensor x) => function switch
    {
        Activation.Silu => nn.functional.silu(x),
        Activation.LeakyRelu => nn.functional.leaky_relu(x, LeakySlope),
        Activation.Relu => nn.functional.relu(x),
        Activation.Tanh => x.tanh(),
        _ => throw new InvalidOperationException($"unknown activation {function}"),
    };

    public override OnnxValue ToOnnx(OnnxGraph g, OnnxValue x) => function switch
    {
        Activation.Silu => g.Silu(x),
        Activation.LeakyRelu => g.LeakyRelu(x, LeakySlope),
        Activation.Relu => g.Relu(x),
        Activation.Tanh => g.Tanh(x),
        _ => throw new InvalidOperationException($"unknown activation {function}"),
    };
}
