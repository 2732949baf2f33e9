using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Negative logarithm of the marginal likelihood of values on cells, with a weak pull towards the start, and its gradient.</summary>
internal sealed class GridLikelihood(ElementKernel kernel, (int Host, int Dopant)[] cells, double[] values, int properties)
{
    // As if each parameter had a normal prior with a standard deviation of about three in its logarithm.
    private const double Pull = 0.05;

    private readonly double[] start = GridCovariance.Start(properties).ToVector();
    private readonly double[] matrix = new double[cells.Length * cells.Length];
    private readonly CholeskyWorkspace workspace = new(cells.Length);

    /// <summary>Covariance matrix of the cells with the constant and the noise, [n * n].</summary>
    internal static double[] Matrix(GridCovariance covariance, double[] elements, int count, (int Host, int Dopant)[] cells)
    {
        var matrix = new double[cells.Length * cells.Length];
        Fill(matrix, covariance, elements, count, cells);
        return matrix;
    }

    /// <summary>Covariance of two cells, the constant's variance of 1 included.</summary>
    internal static double Cell(double[] variances, double[] elements, int count, (int Host, int Dopant) a, (int Host, int Dopant) b)
    {
        var (hh, dd) = (elements[(a.Host * count) + b.Host], elements[(a.Dopant * count) + b.Dopant]);
        var (hd, dh) = (elements[(a.Host * count) + b.Dopant], elements[(a.Dopant * count) + b.Host]);
        var pair = hh * dd;
        return 1 + (variances[0] * GridCovariance.Exchange(hh, dd, hd, dh)) + (variances[1] * dd) + (variances[2] * hh)
            + (variances[3] * pair) + (variances[4] * (pair - (hd * dh))) + (a.Host == b.Host ? variances[5] : 0);
    }

    /// <summary>The value and, in <paramref name="gradient"/>, its derivatives; +∞ where the matrix is not positive definite.</summary>
    internal double Evaluate(double[] parameters, double[] gradient)
    {
        var covariance = GridCovariance.FromVector(parameters, properties);
        var (n, count, elements, variances) = (cells.Length, kernel.Count, covariance.Elements(kernel), covariance.Variances());
        Fill(matrix, covariance, elements, count, cells);
        if (CholeskyFactor.TryOf(matrix, n, workspace) is not { } factor)
        {
            return double.PositiveInfinity;
        }

        var alpha = factor.Solve(values);
        var inverse = factor.Inverse();
        var adjoint = new double[count * count];
        Array.Clear(gradient);
        var (exchange, dopant, host, pair, antisymmetric, self) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        var both = variances[3] + variances[4];
        for (var i = 0; i < n; i++)
        {
            var a = cells[i];
            for (var j = 0; j <= i; j++)
            {
                // Half of the derivative of the value with respect to the matrix element; twice off the diagonal.
                var g = (inverse[(i * n) + j] - (alpha[i] * alpha[j])) * (i == j ? 0.5 : 1);
                var b = cells[j];
                var (at1, at2, at3, at4) = ((a.Host * count) + b.Host, (a.Dopant * count) + b.Dopant, (a.Host * count) + b.Dopant, (a.Dopant * count) + b.Host);
                var (hh, dd, hd, dh) = (elements[at1], elements[at2], elements[at3], elements[at4]);
                exchange += g * GridCovariance.Exchange(hh, dd, hd, dh);
                dopant += g * dd;
                host += g * hh;
                pair += g * hh * dd;
                antisymmetric += g * ((hh * dd) - (hd * dh));
                self += a.Host == b.Host ? g : 0;
                adjoint[at1] += g * (variances[0] + variances[2] + (both * dd));
                adjoint[at2] += g * (variances[0] + variances[1] + (both * hh));
                adjoint[at3] -= g * (variances[0] + (variances[4] * dh));
                adjoint[at4] -= g * (variances[0] + (variances[4] * hd));
            }

            gradient[^1] += (inverse[(i * n) + i] - (alpha[i] * alpha[i])) * covariance.Noise;
        }

        foreach (var (t, sum) in new[] { exchange, dopant, host, pair, antisymmetric, self }.Index())
        {
            gradient[properties + t] = 2 * variances[t] * sum;
        }

        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                kernel.AddGradient(a, b, covariance.LogLengths, adjoint[(a * count) + b], gradient.AsSpan(0, properties));
            }
        }

        var value = (0.5 * VectorKernels.Dot(values, alpha)) + factor.HalfLogDeterminant;
        for (var p = 0; p < parameters.Length; p++)
        {
            var away = parameters[p] - start[p];
            value += Pull * away * away;
            gradient[p] += 2 * Pull * away;
        }

        return value;
    }

    /// <summary>
    /// Resilient descent (Riedmiller and Braun, ICNN 1993): a step of its own for each parameter, larger while the sign of its
    /// derivative stays, smaller when it turns. The best point seen is returned.
    /// </summary>
    internal GridCovariance Minimise(int iterations)
    {
        var parameters = (double[])start.Clone();
        var gradient = new double[parameters.Length];
        var (previous, steps) = (new double[parameters.Length], Enumerable.Repeat(0.2, parameters.Length).ToArray());
        var best = (Value: double.PositiveInfinity, Parameters: (double[])parameters.Clone());
        for (var iteration = 0; iteration <= iterations; iteration++)
        {
            var value = Evaluate(parameters, gradient);
            if (double.IsInfinity(value))
            {
                parameters = (double[])best.Parameters.Clone();
                steps = [.. steps.Select(s => s / 4)];
                continue;
            }

            if (value < best.Value)
            {
                best = (value, (double[])parameters.Clone());
            }

            for (var p = 0; p < parameters.Length; p++)
            {
                var turn = gradient[p] * previous[p];
                steps[p] = turn > 0 ? Math.Min(1, steps[p] * 1.3) : turn < 0 ? Math.Max(1e-4, steps[p] * 0.5) : steps[p];
                previous[p] = turn < 0 ? 0 : gradient[p];
                parameters[p] = Math.Clamp(parameters[p] - (turn < 0 ? 0 : Math.Sign(gradient[p]) * steps[p]), -7, 7);
            }
        }

        return GridCovariance.FromVector(best.Parameters, properties);
    }

    private static void Fill(double[] matrix, GridCovariance covariance, double[] elements, int count, (int Host, int Dopant)[] cells)
    {
        var (n, variances) = (cells.Length, covariance.Variances());
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * n) + j] = matrix[(j * n) + i] = Cell(variances, elements, count, cells[i], cells[j]);
            }

            matrix[(i * n) + i] += covariance.Noise;
        }
    }
}
