namespace ClusterML.Learning.Onnx;

/// <summary>Element types of ONNX tensors, with the numbers of TensorProto.DataType.</summary>
public enum OnnxElementType
{
    /// <summary>32-bit floating point.</summary>
    Single = 1,

    /// <summary>32-bit integer.</summary>
    Int32 = 6,

    /// <summary>64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Text.</summary>
    String = 8,

    /// <summary>Truth value.</summary>
    Boolean = 9,

    /// <summary>64-bit floating point.</summary>
    Double = 11,
}
