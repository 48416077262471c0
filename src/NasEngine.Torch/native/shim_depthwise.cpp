// Gradients of depthwise convolutions of images stored channels-last, on the processor.
//
// Why they are here: libtorch 1.13 computes such a convolution forward at the processor's speed, but its gradients at a small
// part of it, and they took most of a training step of a mobile network. Forward and backward together, for 64 images of
// 14 x 14 and 96 channels, libtorch's against these on one core: 24 ms against 8 for 5 x 5, 38 against 11 for 7 x 7; up to
// eight times faster for small images. Its 3 x 3 is as fast or faster, so that is left to it.
//
// The forward pass is libtorch's; the gradient of the input is, at stride 1, libtorch's forward pass with the turned kernel;
// the rest are the loops below, over neighbouring channels, that become vector instructions. Every channel is summed by one
// thread in one order: the result does not depend on the number of threads.
#include "depthwise.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <vector>

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define NAS_VECTOR_CLONES __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define NAS_VECTOR_CLONES
#endif
#define NAS_INLINE inline __attribute__((always_inline))
#if defined(__clang__)
#define NAS_UNROLL _Pragma("clang loop unroll(full)")
#else
#define NAS_UNROLL _Pragma("GCC unroll 8")
#endif

namespace {

constexpr int64_t kBlock = 64;  // channels that one task sums at most; a cache line holds 16

// Neighbouring channels: the compiler maps them to the widest registers that the processor has.
// (The vectors stand in structs since a type's alignment is lost where it is a template argument itself.)
struct Sixteen {
    typedef float Vector __attribute__((vector_size(64), aligned(4), may_alias));
    static constexpr int64_t width = 16;
};
struct Eight {
    typedef float Vector __attribute__((vector_size(32), aligned(4), may_alias));
    static constexpr int64_t width = 8;
};
struct One {
    typedef float Vector;
    static constexpr int64_t width = 1;
};

template <class L> NAS_INLINE const typename L::Vector& Lanes(const float* at) {
    return *reinterpret_cast<const typename L::Vector*>(at);
}
template <class L> NAS_INLINE typename L::Vector& Lanes(float* at) {
    return *reinterpret_cast<typename L::Vector*>(at);
}

struct Geometry {
    int64_t images, channels, in_height, in_width, out_height, out_width, kernel, stride, padding;
};

Geometry GeometryOf(const at::Tensor& x, const at::Tensor& w, int64_t stride, int64_t padding) {
    const int64_t kernel = w.size(2);
    return {x.size(0), x.size(1), x.size(2), x.size(3), (x.size(2) + 2 * padding - kernel) / stride + 1,
        (x.size(3) + 2 * padding - kernel) / stride + 1, kernel, stride, padding};
}

// Goes through the channels of a block, sixteen, then eight, then one at a time.
template <class F> NAS_INLINE void OverChannels(int64_t width, const F& lanes) {
    int64_t c = 0;
    for (; c + Sixteen::width <= width; c += Sixteen::width) lanes(c, Sixteen());
    for (; c + Eight::width <= width; c += Eight::width) lanes(c, Eight());
    for (; c < width; ++c) lanes(c, One());
}

// The outputs of one axis that the input at a position reached: those whose window holds it.
NAS_INLINE void ReachedOutputs(int64_t position, const Geometry& g, int64_t outputs, int64_t& first, int64_t& last) {
    const int64_t end = position + g.padding;
    first = end < g.kernel ? 0 : (end - g.kernel) / g.stride + 1;
    last = std::min(outputs, end / g.stride + 1);
}

// dx[c] = sum over the outputs that this input reached of dy[c] * w[tap][c], for one image.
NAS_VECTOR_CLONES
void InputGradientBlock(const Geometry& g, const float* dy, const float* w, float* dx, int64_t width) {
    for (int64_t iy = 0; iy < g.in_height; ++iy) {
        int64_t oy0, oy1;
        ReachedOutputs(iy, g, g.out_height, oy0, oy1);
        for (int64_t ix = 0; ix < g.in_width; ++ix) {
            int64_t ox0, ox1;
            ReachedOutputs(ix, g, g.out_width, ox0, ox1);
            const float* taps = w + ((iy + g.padding) * g.kernel + ix + g.padding) * g.channels;
            float* to = dx + (iy * g.in_width + ix) * g.channels;
            OverChannels(width, [&](int64_t c, auto lanes) __attribute__((always_inline)) {
                using L = decltype(lanes);
                typename L::Vector sum = {};
                for (int64_t oy = oy0; oy < oy1; ++oy) {
                    for (int64_t ox = ox0; ox < ox1; ++ox) {
                        sum += Lanes<L>(dy + (oy * g.out_width + ox) * g.channels + c) *
                            Lanes<L>(taps - (oy * g.kernel + ox) * g.stride * g.channels + c);
                    }
                }
                Lanes<L>(to + c) = sum;
            });
        }
    }
}

// One row of a kernel along one row of outputs: sums[tap][c] += sum over ox of dy[ox][c] * x[ox * stride - padding + tap][c].
template <class L, int Taps>
NAS_INLINE void WeightGradientRow(const Geometry& g, const float* x, const float* dy, float* sums, int64_t inner_first, int64_t inner_last) {
    typename L::Vector sum[Taps];
    NAS_UNROLL
    for (int k = 0; k < Taps; ++k) sum[k] = Lanes<L>(sums + k * kBlock);
    const auto border = [&](int64_t ox) __attribute__((always_inline)) {
        const int64_t start = ox * g.stride - g.padding;
        const typename L::Vector d = Lanes<L>(dy + ox * g.channels);
        NAS_UNROLL
        for (int k = 0; k < Taps; ++k) {
            if (start + k >= 0 && start + k < g.in_width) sum[k] += d * Lanes<L>(x + (start + k) * g.channels);
        }
    };
    for (int64_t ox = 0; ox < inner_first; ++ox) border(ox);
    for (int64_t ox = inner_first; ox < inner_last; ++ox) {
        const typename L::Vector d = Lanes<L>(dy + ox * g.channels);
        const float* xs = x + (ox * g.stride - g.padding) * g.channels;
        NAS_UNROLL
        for (int k = 0; k < Taps; ++k) sum[k] += d * Lanes<L>(xs + k * g.channels);
    }
    for (int64_t ox = inner_last; ox < g.out_width; ++ox) border(ox);
    NAS_UNROLL
    for (int k = 0; k < Taps; ++k) Lanes<L>(sums + k * kBlock) = sum[k];
}

// sums[tap][c] += sum over the outputs of one image of dy[c] * x[c].
template <int Taps>
NAS_INLINE void WeightGradientBlock(const Geometry& g, const float* x, const float* dy, float* sums, int64_t width) {
    // Outputs whose whole row of taps lies inside the image.
    const int64_t inner_first = std::min(g.out_width, (g.padding + g.stride - 1) / g.stride);
    const int64_t room = g.in_width + g.padding - g.kernel;
    const int64_t inner_last = room < 0 ? inner_first : std::max(inner_first, std::min(g.out_width, room / g.stride + 1));
    for (int64_t oy = 0; oy < g.out_height; ++oy) {
        const int64_t top = oy * g.stride - g.padding;
        for (int64_t ky = std::max<int64_t>(0, -top); ky < std::min<int64_t>(Taps, g.in_height - top); ++ky) {
            OverChannels(width, [&](int64_t c, auto lanes) __attribute__((always_inline)) {
                WeightGradientRow<decltype(lanes), Taps>(g, x + (top + ky) * g.in_width * g.channels + c,
                    dy + oy * g.out_width * g.channels + c, sums + ky * Taps * kBlock + c, inner_first, inner_last);
            });
        }
    }
}

NAS_VECTOR_CLONES
void WeightGradientBlock5(const Geometry& g, const float* x, const float* dy, float* sums, int64_t width) {
    WeightGradientBlock<5>(g, x, dy, sums, width);
}
NAS_VECTOR_CLONES
void WeightGradientBlock7(const Geometry& g, const float* x, const float* dy, float* sums, int64_t width) {
    WeightGradientBlock<7>(g, x, dy, sums, width);
}

at::Tensor InputGradient(const at::Tensor& x, const at::Tensor& w, const at::Tensor& dy, int64_t stride, int64_t padding) {
    const Geometry g = GeometryOf(x, w, stride, padding);
    if (stride == 1 && padding < g.kernel) {
        const int64_t turned = g.kernel - 1 - padding;
        return at::conv2d(dy, w.flip({2, 3}), {}, {1, 1}, {turned, turned}, {1, 1}, g.channels);
    }
    at::Tensor dx = at::empty(x.sizes(), x.options(), at::MemoryFormat::ChannelsLast);
    // [kernel * kernel][channels], so that neighbouring channels are neighbours in memory.
    const at::Tensor taps = w.reshape({g.channels, g.kernel * g.kernel}).t().contiguous();
    const float* ds = dy.data_ptr<float>();
    const float* ws = taps.data_ptr<float>();
    float* dxs = dx.data_ptr<float>();
    const int64_t blocks = (g.channels + kBlock - 1) / kBlock;
    at::parallel_for(0, g.images * blocks, 1, [&](int64_t from, int64_t to) {
        for (int64_t task = from; task < to; ++task) {
            const int64_t image = task / blocks, begin = task % blocks * kBlock;
            InputGradientBlock(g, ds + image * g.out_height * g.out_width * g.channels + begin, ws + begin,
                dxs + image * g.in_height * g.in_width * g.channels + begin, std::min(kBlock, g.channels - begin));
        }
    });
    return dx;
}

at::Tensor WeightGradient(const at::Tensor& x, const at::Tensor& w, const at::Tensor& dy, int64_t stride, int64_t padding) {
    const Geometry g = GeometryOf(x, w, stride, padding);
    at::Tensor dw = at::empty({g.channels, 1, g.kernel, g.kernel}, w.options());
    const auto block = g.kernel == 5 ? WeightGradientBlock5 : WeightGradientBlock7;
    const float* xs = x.data_ptr<float>();
    const float* ds = dy.data_ptr<float>();
    float* dws = dw.data_ptr<float>();
    const int64_t taps = g.kernel * g.kernel;
    // Blocks begin at multiples of 16, so that a channel is always in the same kind of vector: its sum never changes.
    const int64_t share = (g.channels + at::get_num_threads() - 1) / at::get_num_threads();
    const int64_t step = std::min(kBlock, (share + 15) / 16 * 16);
    at::parallel_for(0, (g.channels + step - 1) / step, 1, [&](int64_t from, int64_t to) {
        std::vector<float> sums(taps * kBlock);
        for (int64_t task = from; task < to; ++task) {
            const int64_t begin = task * step, width = std::min(step, g.channels - begin);
            std::fill(sums.begin(), sums.end(), 0.0f);
            for (int64_t image = 0; image < g.images; ++image) {
                block(g, xs + image * g.in_height * g.in_width * g.channels + begin,
                    ds + image * g.out_height * g.out_width * g.channels + begin, sums.data(), width);
            }
            for (int64_t c = 0; c < width; ++c) {
                for (int64_t tap = 0; tap < taps; ++tap) dws[(begin + c) * taps + tap] = sums[tap * kBlock + c];
            }
        }
    });
    return dw;
}

at::Tensor Forward(const at::Tensor& x, const at::Tensor& w, int64_t stride, int64_t padding) {
    return at::conv2d(x, w, {}, {stride, stride}, {padding, padding}, {1, 1}, x.size(1));
}

struct DepthwiseFunction : torch::autograd::Function<DepthwiseFunction> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& w, int64_t stride, int64_t padding) {
        context->save_for_backward({x, w});
        context->saved_data["stride"] = stride;
        context->saved_data["padding"] = padding;
        return Forward(x, w, stride, padding);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const at::Tensor &x = saved[0], &w = saved[1];
        const int64_t stride = context->saved_data["stride"].toInt(), padding = context->saved_data["padding"].toInt();
        const bool wants_x = context->needs_input_grad(0), wants_w = context->needs_input_grad(1);
        at::Tensor dx, dw;
        if (at::GradMode::is_enabled()) {
            // The gradient is to be differentiated again: libtorch's own operation knows how.
            auto both = at::convolution_backward(gradients[0], x, w, at::OptionalIntArrayRef(), {stride, stride}, {padding, padding},
                {1, 1}, false, {0, 0}, x.size(1), {wants_x, wants_w, false});
            dx = std::get<0>(both);
            dw = std::get<1>(both);
        } else {
            const at::Tensor dy = gradients[0].contiguous(at::MemoryFormat::ChannelsLast);
            if (wants_x) dx = InputGradient(x, w, dy, stride, padding);
            if (wants_w) dw = WeightGradient(x, w, dy, stride, padding);
        }
        return {dx, dw, at::Tensor(), at::Tensor()};
    }
};

}  // namespace

bool DepthwiseApplies(const at::Tensor& x, const at::Tensor& w, at::IntArrayRef stride, at::IntArrayRef padding, int64_t groups) {
    const auto is_float = [](const at::Tensor& t) { return t.device().is_cpu() && t.scalar_type() == at::kFloat && t.layout() == at::kStrided; };
    if (!at::GradMode::is_enabled() || !(x.requires_grad() || w.requires_grad()) || x.dim() != 4 || w.dim() != 4 || !is_float(x) || !is_float(w)) {
        return false;
    }
    const int64_t kernel = w.size(2);
    // Channels beyond a multiple of eight are summed one by one: worth it only where they are few among many.
    return (groups % 8 == 0 || groups > 32) && groups == x.size(1) && groups == w.size(0) && w.size(1) == 1 && kernel == w.size(3) &&
        (kernel == 5 || kernel == 7) && stride.size() == 2 && stride[0] == stride[1] && stride[0] > 0 &&
        padding.size() == 2 && padding[0] == padding[1] && padding[0] >= 0 && x.size(2) + 2 * padding[0] >= kernel &&
        x.size(3) + 2 * padding[0] >= kernel && x.numel() > 0 && x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor DepthwiseConv2d(const at::Tensor& x, const at::Tensor& w, int64_t stride, int64_t padding) {
    return DepthwiseFunction::apply(x, w, stride, padding);
}
