using System;
using System.Linq;

namespace VaeContent.Tests.Trainer.Reference;

/// <summary>Numbers in row-major order, in double precision whatever their type in the graph: bytes, indices and truth values too.</summary>
internal sealed class Tensor
{
    public Tensor(int[] shape, double[]? data = null)
    {
        Shape = shape;
        Data = data ?? new double[shape.Aggregate(1, (product, side) => product * side)];
        if (Data.Length != shape.Aggregate(1, (product, side) => product * side))
            throw new ArgumentException($"{Data.Length} numbers do not fill ({string.Join(',', shape)})");
    }

    public int[] Shape { get; }

    public double[] Data { get; }

    public int Rank => Shape.Length;

    /// <summary>How far apart neighbours along each axis lie.</summary>
    public int[] Strides
    {
        get
        {
            var strides = new int[Rank];
            for (int axis = Rank - 1, step = 1; axis >= 0; step *= Shape[axis--]) strides[axis] = step;
            return strides;
        }
    }

    /// <summary>A tensor whose every element is computed from its own index; the array that is passed is reused.</summary>
    public static Tensor Build(int[] shape, Func<int[], double> element)
    {
        var result = new Tensor(shape);
        var index = new int[shape.Length];
        for (int i = 0; i < result.Data.Length; i++)
        {
            result.Data[i] = element(index);
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }
        return result;
    }

    /// <summary>The element at an index.</summary>
    public double At(params ReadOnlySpan<int> index)
    {
        int offset = 0;
        for (int axis = 0; axis < index.Length; axis++)
        {
            if ((uint)index[axis] >= (uint)Shape[axis]) throw new ArgumentException($"index {index[axis]} on an axis of {Shape[axis]}");
            offset = (offset * Shape[axis]) + index[axis];
        }
        return Data[offset];
    }
}
