namespace NasEngine.Torch;

public static partial class torch
{
    // Arithmetic, elementwise with broadcasting.
    public sealed partial class Tensor
    {
        /// <summary>Adds <paramref name="other"/> times <paramref name="alpha"/>.</summary>
        public Tensor add(Tensor other, double alpha = 1) =>
            Wrap(NativeMethods.add(Handle, HandleOf(other), alpha), this, other);

        /// <summary>Adds a number.</summary>
        public Tensor add(Scalar other) =>
            Wrap(NativeMethods.add_scalar(Handle, other), this);

        /// <summary>Adds <paramref name="other"/> times <paramref name="alpha"/> in place.</summary>
        public Tensor add_(Tensor other, double alpha = 1) =>
            Same(NativeMethods.add_(Handle, HandleOf(other), alpha), this, other);

        /// <summary>Adds a number in place.</summary>
        public Tensor add_(Scalar other) =>
            Same(NativeMethods.add_scalar_(Handle, other), this);

        /// <summary>Subtracts <paramref name="other"/> times <paramref name="alpha"/>.</summary>
        public Tensor sub(Tensor other, double alpha = 1) =>
            Wrap(NativeMethods.sub(Handle, HandleOf(other), alpha), this, other);

        /// <summary>Subtracts a number.</summary>
        public Tensor sub(Scalar other) =>
            Wrap(NativeMethods.sub_scalar(Handle, other), this);

        /// <summary>Subtracts <paramref name="other"/> times <paramref name="alpha"/> in place.</summary>
        public Tensor sub_(Tensor other, double alpha = 1) =>
            Same(NativeMethods.sub_(Handle, HandleOf(other), alpha), this, other);

        /// <summary>Gives the number less this tensor.</summary>
        public Tensor rsub(Scalar other) =>
            Wrap(NativeMethods.rsub_scalar(Handle, other), this);

        /// <summary>Multiplies.</summary>
        public Tensor mul(Tensor other) =>
            Wrap(NativeMethods.mul(Handle, HandleOf(other)), this, other);

        /// <summary>Multiplies by a number.</summary>
        public Tensor mul(Scalar other) =>
            Wrap(NativeMethods.mul_scalar(Handle, other), this);

        /// <summary>Multiplies in place.</summary>
        public Tensor mul_(Tensor other) =>
            Same(NativeMethods.mul_(Handle, HandleOf(other)), this, other);

        /// <summary>Multiplies by a number in place.</summary>
        public Tensor mul_(Scalar other) =>
            Same(NativeMethods.mul_scalar_(Handle, other), this);

        /// <summary>Divides; whole numbers give fractions.</summary>
        public Tensor div(Tensor other) =>
            Wrap(NativeMethods.div(Handle, HandleOf(other)), this, other);

        /// <summary>Divides by a number; whole numbers give fractions.</summary>
        public Tensor div(Scalar other) =>
            Wrap(NativeMethods.div_scalar(Handle, other), this);

        /// <summary>Divides in place.</summary>
        public Tensor div_(Tensor other) =>
            Same(NativeMethods.div_(Handle, HandleOf(other)), this, other);

        /// <summary>Divides by a number in place.</summary>
        public Tensor div_(Scalar other) =>
            Same(NativeMethods.div_scalar_(Handle, other), this);

        /// <summary>Divides by a number and rounds down.</summary>
        public Tensor floor_divide(Scalar other) =>
            Wrap(NativeMethods.floor_divide(Handle, other), this);

        /// <summary>Gives the remainder of the division by a number, with the sign of the divisor.</summary>
        public Tensor remainder(Scalar other) =>
            Wrap(NativeMethods.remainder(Handle, other), this);

        /// <summary>Raises to a power, elementwise.</summary>
        public Tensor pow(Tensor exponent) =>
            Wrap(NativeMethods.pow(Handle, HandleOf(exponent)), this, exponent);

        /// <summary>Raises to a power.</summary>
        public Tensor pow(Scalar exponent) =>
            Wrap(NativeMethods.pow_scalar(Handle, exponent), this);

        /// <summary>Changes the sign.</summary>
        public Tensor neg() =>
            Wrap(NativeMethods.neg(Handle), this);

        /// <summary>Gives the absolute value.</summary>
        public Tensor abs() =>
            Wrap(NativeMethods.abs(Handle), this);

        /// <summary>Gives -1, 0 or 1.</summary>
        public Tensor sign() =>
            Wrap(NativeMethods.sign(Handle), this);

        /// <summary>Gives one over each value.</summary>
        public Tensor reciprocal() =>
            Wrap(NativeMethods.reciprocal(Handle), this);

        /// <summary>Limits each value to the range from <paramref name="min"/> to <paramref name="max"/>.</summary>
        public Tensor clamp(Scalar min, Scalar max) =>
            Wrap(NativeMethods.clamp(Handle, min, max), this);

        /// <summary>Raises values below <paramref name="min"/> to it.</summary>
        public Tensor clamp_min(Scalar min) =>
            Wrap(NativeMethods.clamp_min(Handle, min), this);

        /// <summary>Lowers values above <paramref name="max"/> to it.</summary>
        public Tensor clamp_max(Scalar max) =>
            Wrap(NativeMethods.clamp_max(Handle, max), this);

        /// <summary>Limits each value to a range in place.</summary>
        public Tensor clamp_(Scalar min, Scalar max) =>
            Same(NativeMethods.clamp_(Handle, min, max), this);

        /// <summary>Interpolates: this tensor at weight 0, <paramref name="end"/> at weight 1.</summary>
        public Tensor lerp(Tensor end, Scalar weight) =>
            Wrap(NativeMethods.lerp(Handle, HandleOf(end), weight), this, end);

        /// <summary>Interpolates in place.</summary>
        public Tensor lerp_(Tensor end, Scalar weight) =>
            Same(NativeMethods.lerp_(Handle, HandleOf(end), weight), this, end);

        /// <summary>Adds the product of two tensors times <paramref name="value"/>.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Wrap(NativeMethods.addcmul(Handle, HandleOf(tensor1), HandleOf(tensor2), value), this, tensor1, tensor2);

        /// <summary>Adds the product of two tensors times <paramref name="value"/> in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Same(NativeMethods.addcmul_(Handle, HandleOf(tensor1), HandleOf(tensor2), value), this, tensor1, tensor2);

        /// <summary>Adds the quotient of two tensors times <paramref name="value"/>.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Wrap(NativeMethods.addcdiv(Handle, HandleOf(tensor1), HandleOf(tensor2), value), this, tensor1, tensor2);

        /// <summary>Adds the quotient of two tensors times <paramref name="value"/> in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Same(NativeMethods.addcdiv_(Handle, HandleOf(tensor1), HandleOf(tensor2), value), this, tensor1, tensor2);

        /// <summary>Sets every value to zero.</summary>
        public Tensor zero_() =>
            Same(NativeMethods.zero_(Handle), this);

        /// <summary>Sets every value.</summary>
        public Tensor fill_(Scalar value) =>
            Same(NativeMethods.fill_(Handle, value), this);

        /// <summary>Copies values in, with broadcasting and conversion of dtype and device.</summary>
        public Tensor copy_(Tensor src, bool non_blocking = false) =>
            Same(NativeMethods.copy_(Handle, HandleOf(src), non_blocking), this, src);

        /// <summary>Fills with uniform draws from <paramref name="from"/> up to but not including <paramref name="to"/>.</summary>
        public Tensor uniform_(double from = 0, double to = 1) =>
            Same(NativeMethods.uniform_(Handle, from, to), this);

        /// <summary>Fills with normal draws.</summary>
        public Tensor normal_(double mean = 0, double stddev = 1) =>
            Same(NativeMethods.normal_(Handle, mean, stddev), this);

        /// <summary>Fills with ones with probability <paramref name="p"/>, else zeros.</summary>
        public Tensor bernoulli_(double p = 0.5) =>
            Same(NativeMethods.bernoulli_(Handle, p), this);
    }
}
