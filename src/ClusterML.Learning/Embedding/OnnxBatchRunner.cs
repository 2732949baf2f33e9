using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace ClusterML.Learning.Embedding;

/// <summary>Runs any number of rows through a frozen network in ONNX form, a few at a time on each processor.</summary>
/// <remarks>
/// The graph has the inputs <c>x_cat</c> (int64, [batch, C]) and <c>x_num</c> (float, [batch, N]) and the output
/// <c>embedding</c> (float, [batch, E]). Rows are cut into chunks that fit the caches, since the attention weights of a row alone
/// take 140 kB with the paper's sizes; each processor runs whole chunks on its own, which leaves none of them waiting for another
/// within an operator. Inputs and outputs lie in buffers that are made once for each processor: memory depends on the chunk and on
/// the number of threads, not on the number of rows. Calls from several threads at once are allowed.
/// </remarks>
public sealed class OnnxBatchRunner : IDisposable
{
    private const string Codes = "x_cat";
    private const string Numbers = "x_num";
    private const string Output = "embedding";

    private readonly InferenceSession session;
    private readonly SessionOptions sessionOptions;
    private readonly RunOptions runOptions = new();
    private readonly ConcurrentBag<ChunkBuffers> idle = [];
    private readonly int chunkRows;
    private readonly int threads;

    /// <summary>A runner.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="chunkRows">Most rows of a chunk.</param>
    /// <param name="threads">Chunks that run at once; 0 takes one for each processor.</param>
    /// <exception cref="InvalidDataException">The graph does not have the inputs and the output that are asked for.</exception>
    public OnnxBatchRunner(byte[] model, int chunkRows, int threads = 0)
    {
        this.chunkRows = chunkRows;
        this.threads = threads > 0 ? threads : Environment.ProcessorCount;
        sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session = new InferenceSession(model, sessionOptions);
        try
        {
            CodeCount = Width(session.InputMetadata, Codes, typeof(long));
            NumberCount = Width(session.InputMetadata, Numbers, typeof(float));
            EmbeddingWidth = Width(session.OutputMetadata, Output, typeof(float));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Fills the inputs of a chunk.</summary>
    /// <param name="first">Number of its first row.</param>
    /// <param name="codes">Codes, row after row.</param>
    /// <param name="numbers">Numbers, row after row.</param>
    public delegate void ChunkReader(int first, Span<long> codes, Span<float> numbers);

    /// <summary>Takes the embeddings of a chunk.</summary>
    /// <param name="first">Number of its first row.</param>
    /// <param name="embeddings">Embeddings, row after row; valid during the call.</param>
    public delegate void ChunkWriter(int first, ReadOnlySpan<float> embeddings);

    /// <summary>Codes of a row.</summary>
    public int CodeCount { get; }

    /// <summary>Numbers of a row.</summary>
    public int NumberCount { get; }

    /// <summary>Width E of an embedding.</summary>
    public int EmbeddingWidth { get; }

    /// <summary>Buffers that wait for a chunk, for tests: all of them when nothing runs.</summary>
    internal int IdleBuffers => idle.Count;

    /// <summary>Runs <paramref name="rows"/> rows.</summary>
    /// <param name="rows">Rows in all.</param>
    /// <param name="read">Called for each chunk, on several threads at once and in no order.</param>
    /// <param name="write">Called for each chunk after it has run, likewise.</param>
    public void Run(int rows, ChunkReader read, ChunkWriter write)
    {
        // Chunks of like size, whatever the number of threads; so that is not a matter of the results.
        var chunks = (rows + chunkRows - 1) / chunkRows;
        if (chunks == 0)
        {
            return;
        }

        var size = (rows + chunks - 1) / chunks;
        chunks = (rows + size - 1) / size;
        if (chunks == 1)
        {
            Run(0, rows, size, read, write);
            return;
        }

        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk =>
            Run(chunk * size, Math.Min(size, rows - (chunk * size)), size, read, write));
    }

    /// <summary>Frees the session.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var buffers))
        {
            buffers.Dispose();
        }

        runOptions.Dispose();
        session.Dispose();
        sessionOptions.Dispose();
    }

    private static int Width(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, Type type)
    {
        if (!nodes.TryGetValue(name, out var node) || node.ElementType != type || node.Dimensions is not [_, > 0])
        {
            throw new InvalidDataException($"the ONNX graph needs {name}: {type.Name}, [batch, a declared width]; it has {string.Join(", ", nodes.Keys)}");
        }

        return node.Dimensions[1];
    }

    private void Run(int first, int count, int size, ChunkReader read, ChunkWriter write)
    {
        if (!idle.TryTake(out var buffers))
        {
            buffers = new ChunkBuffers(this);
        }

        try
        {
            buffers.Resize(size, count);
            read(first, buffers.Codes.AsSpan(0, count * CodeCount), buffers.Numbers.AsSpan(0, count * NumberCount));
            session.Run(runOptions, ChunkBuffers.InputNames, buffers.Inputs, ChunkBuffers.OutputNames, buffers.Outputs);
            write(first, buffers.Embeddings.AsSpan(0, count * EmbeddingWidth));
        }
        finally
        {
            // Also where a caller's delegate throws: buffers that are not idle are disposed by nobody.
            idle.Add(buffers);
        }
    }

    /// <summary>Memory of one chunk, with the runtime's views of it.</summary>
    private sealed class ChunkBuffers(OnnxBatchRunner runner) : IDisposable
    {
        public static readonly string[] InputNames = [OnnxBatchRunner.Codes, OnnxBatchRunner.Numbers];
        public static readonly string[] OutputNames = [Output];
        private int rows;

        public long[] Codes { get; private set; } = [];

        public float[] Numbers { get; private set; } = [];

        public float[] Embeddings { get; private set; } = [];

        public OrtValue[] Inputs { get; private set; } = [];

        public OrtValue[] Outputs { get; private set; } = [];

        /// <summary>Makes room for <paramref name="capacity"/> rows and views of <paramref name="count"/> of them.</summary>
        public void Resize(int capacity, int count)
        {
            if (rows == count)
            {
                return;
            }

            Dispose();
            if (Embeddings.Length < capacity * runner.EmbeddingWidth)
            {
                Codes = new long[capacity * runner.CodeCount];
                Numbers = new float[capacity * runner.NumberCount];
                Embeddings = new float[capacity * runner.EmbeddingWidth];
            }

            Inputs = [View(Codes, count, runner.CodeCount), View(Numbers, count, runner.NumberCount)];
            Outputs = [View(Embeddings, count, runner.EmbeddingWidth)];
            rows = count;
        }

        public void Dispose()
        {
            rows = 0;
            foreach (var value in (OrtValue[])[.. Inputs, .. Outputs])
            {
                value.Dispose();
            }

            (Inputs, Outputs) = ([], []);
        }

        private static OrtValue View<T>(T[] values, int rows, int width)
            where T : unmanaged =>
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, rows * width), [rows, width]);
    }
}
