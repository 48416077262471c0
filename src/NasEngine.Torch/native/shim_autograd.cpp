// Gradients, modes, functions of neural networks, optimiser steps, threads and devices.
#include "depthwise.h"
#include "shim.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/cuda.h>

#include <algorithm>
#include <cmath>

namespace {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
bool AutocastEnabled(at::DeviceType device) { return at::autocast::is_autocast_enabled(device); }
void SetAutocast(at::DeviceType device, bool enabled) { at::autocast::set_autocast_enabled(device, enabled); }
at::ScalarType AutocastType(at::DeviceType device) { return at::autocast::get_autocast_dtype(device); }
void SetAutocastType(at::DeviceType device, at::ScalarType type) { at::autocast::set_autocast_dtype(device, type); }
#else
bool AutocastEnabled(at::DeviceType device) {
    return device == at::kCPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
}
void SetAutocast(at::DeviceType device, bool enabled) {
    device == at::kCPU ? at::autocast::set_cpu_enabled(enabled) : at::autocast::set_enabled(enabled);
}
at::ScalarType AutocastType(at::DeviceType device) {
    return device == at::kCPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
}
void SetAutocastType(at::DeviceType device, at::ScalarType type) {
    device == at::kCPU ? at::autocast::set_autocast_cpu_dtype(type) : at::autocast::set_autocast_gpu_dtype(type);
}
#endif

at::Tensor Upsample(const at::Tensor& input, at::IntArrayRef size, int32_t mode, bool align_corners) {
    switch (mode) {
        case 0: return at::upsample_nearest2d(input, size);
        case 1: return at::upsample_bilinear2d(input, size, align_corners);
        case 2: return at::upsample_bicubic2d(input, size, align_corners);
        case 3: return at::_upsample_bilinear2d_aa(input, size, align_corners);
        default: return at::_upsample_bicubic2d_aa(input, size, align_corners);
    }
}

bool AllOnes(at::IntArrayRef values) {
    return std::all_of(values.begin(), values.end(), [](int64_t value) { return value == 1; });
}

at::Tensor Conv2d(const at::Tensor& x, const at::Tensor& w, const Optional<at::Tensor>& bias, at::IntArrayRef stride,
    at::IntArrayRef padding, at::IntArrayRef dilation, int64_t groups) {
    return !bias && AllOnes(dilation) && !AutocastEnabled(at::kCPU) && DepthwiseApplies(x, w, stride, padding, groups)
        ? DepthwiseConv2d(x, w, stride[0], padding[0])
        : at::conv2d(x, w, bias, stride, padding, dilation, groups);
}

}  // namespace

// Gradients
NAS_ACTION(backward, (Handle self, Handle gradient, bool retain_graph, bool create_graph),
    T(self).backward(Opt(gradient).value_or(at::Tensor()), retain_graph, create_graph))
NAS_ACTION(grad, (Handle self, Handle* gradient), {
    const at::Tensor& found = T(self).grad();
    *gradient = found.defined() ? Release(found) : nullptr;
})
NAS_ACTION(set_grad, (Handle self, Handle gradient), T(self).mutable_grad() = gradient == nullptr ? at::Tensor() : T(gradient))
NAS_ACTION(autograd_grad, (Handle* outputs, int32_t outputs_count, Handle* inputs, int32_t inputs_count,
    Handle* output_gradients, bool retain_graph, bool create_graph, bool allow_unused, Handle* gradients), {
    std::vector<at::Tensor> seeds;
    if (output_gradients != nullptr) {
        seeds = Vector(output_gradients, outputs_count);
    }
    auto found = torch::autograd::grad(Vector(outputs, outputs_count), Vector(inputs, inputs_count), seeds,
        retain_graph, create_graph, allow_unused);
    for (size_t i = 0; i < found.size(); i++) {
        gradients[i] = found[i].defined() ? Release(std::move(found[i])) : nullptr;
    }
})
NAS_ACTION(zero_grad, (Handle* parameters, int32_t count, bool set_to_none), {
    for (const at::Tensor& parameter : List(parameters, count)) {
        at::Tensor& gradient = parameter.mutable_grad();
        if (!gradient.defined()) {
            continue;
        }
        if (set_to_none) {
            gradient.reset();
        } else {
            gradient.detach_();
            gradient.zero_();
        }
    }
})

// Modes of the calling thread
NAS_EXPORT bool nas_grad_enabled() { return at::GradMode::is_enabled(); }
NAS_EXPORT void nas_set_grad_enabled(bool enabled) { at::GradMode::set_enabled(enabled); }
NAS_EXPORT void* nas_inference_mode_new(bool enabled) {
    void* made = nullptr;
    Do([&] { made = new c10::InferenceMode(enabled); });
    return made;
}
NAS_EXPORT void nas_inference_mode_free(void* mode) { delete static_cast<c10::InferenceMode*>(mode); }
NAS_EXPORT bool nas_inference_mode_enabled() { return c10::InferenceMode::is_enabled(); }
NAS_ACTION(autocast_enter, (int32_t device, int32_t dtype, bool enabled, bool* was_enabled, int32_t* was_type), {
    auto type = static_cast<at::DeviceType>(device);
    *was_enabled = AutocastEnabled(type);
    *was_type = static_cast<int32_t>(AutocastType(type));
    SetAutocastType(type, static_cast<at::ScalarType>(dtype));
    SetAutocast(type, enabled);
    at::autocast::increment_nesting();
})
NAS_ACTION(autocast_exit, (int32_t device, bool was_enabled, int32_t was_type), {
    auto type = static_cast<at::DeviceType>(device);
    if (at::autocast::decrement_nesting() == 0) {
        at::autocast::clear_cache();
    }
    SetAutocast(type, was_enabled);
    SetAutocastType(type, static_cast<at::ScalarType>(was_type));
})

// Threads and devices
NAS_EXPORT int32_t nas_get_num_threads() { return at::get_num_threads(); }
NAS_ACTION(set_num_threads, (int32_t count), at::set_num_threads(count))
NAS_EXPORT bool nas_cuda_is_available() {
    bool available = false;
    Do([&] { available = torch::cuda::is_available(); });
    return available;
}
NAS_EXPORT int32_t nas_cuda_device_count() {
    int32_t count = 0;
    Do([&] { count = static_cast<int32_t>(torch::cuda::device_count()); });
    return count;
}
NAS_ACTION(cuda_synchronize, (int64_t device), torch::cuda::synchronize(device))
NAS_ACTION(set_deterministic, (bool enabled), at::globalContext().setDeterministicAlgorithms(enabled, /*warn_only=*/true))
NAS_ACTION(set_tf32, (bool enabled), {
    at::globalContext().setAllowTF32CuBLAS(enabled);
    at::globalContext().setAllowTF32CuDNN(enabled);
})
NAS_ACTION(set_cudnn_benchmark, (bool enabled), at::globalContext().setBenchmarkCuDNN(enabled))

// Functions of neural networks
NAS_TENSOR(linear, (Handle input, Handle weight, Handle bias), at::linear(T(input), T(weight), Opt(bias)))
NAS_TENSOR(conv2d, (Handle input, Handle weight, Handle bias, const int64_t* stride, int32_t stride_count,
    const int64_t* padding, int32_t padding_count, const int64_t* dilation, int32_t dilation_count, int64_t groups),
    Conv2d(T(input), T(weight), Opt(bias), Ints(stride, stride_count), Ints(padding, padding_count),
        Ints(dilation, dilation_count), groups))
NAS_TENSOR(batch_norm, (Handle input, Handle weight, Handle bias, Handle running_mean, Handle running_var, bool training,
    double momentum, double epsilon, bool cudnn),
    at::batch_norm(T(input), Opt(weight), Opt(bias), Opt(running_mean), Opt(running_var), training, momentum, epsilon, cudnn))
NAS_TENSOR(layer_norm, (Handle input, const int64_t* shape, int32_t shape_count, Handle weight, Handle bias, double epsilon),
    at::layer_norm(T(input), Ints(shape, shape_count), Opt(weight), Opt(bias), epsilon))
NAS_TENSOR(max_pool2d, (Handle input, const int64_t* kernel, int32_t kernel_count, const int64_t* stride, int32_t stride_count,
    const int64_t* padding, int32_t padding_count, const int64_t* dilation, int32_t dilation_count, bool ceil_mode),
    at::max_pool2d(T(input), Ints(kernel, kernel_count), Ints(stride, stride_count), Ints(padding, padding_count),
        Ints(dilation, dilation_count), ceil_mode))
NAS_TENSOR(avg_pool2d, (Handle input, const int64_t* kernel, int32_t kernel_count, const int64_t* stride, int32_t stride_count,
    const int64_t* padding, int32_t padding_count, bool ceil_mode, bool count_include_pad),
    at::avg_pool2d(T(input), Ints(kernel, kernel_count), Ints(stride, stride_count), Ints(padding, padding_count),
        ceil_mode, count_include_pad))
NAS_TENSOR(adaptive_avg_pool2d, (Handle input, const int64_t* size, int32_t size_count),
    at::adaptive_avg_pool2d(T(input), Ints(size, size_count)))
NAS_TENSOR(dropout, (Handle input, double p, bool training), at::dropout(T(input), p, training))
NAS_TENSOR(gelu_tanh, (Handle input), at::gelu(T(input), "tanh"))
NAS_TENSOR(relu6, (Handle input), at::relu6(T(input)))
NAS_TENSOR(leaky_relu, (Handle input, double slope), at::leaky_relu(T(input), slope))
NAS_TENSOR(cross_entropy, (Handle input, Handle target, Handle weight, int64_t reduction, int64_t ignore_index, double label_smoothing),
    at::cross_entropy_loss(T(input), T(target), Opt(weight), reduction, ignore_index, label_smoothing))
NAS_TENSOR(nll_loss, (Handle input, Handle target, Handle weight, int64_t reduction, int64_t ignore_index),
    at::nll_loss_nd(T(input), T(target), Opt(weight), reduction, ignore_index))
NAS_TENSOR(kl_div, (Handle input, Handle target, int64_t reduction, bool log_target),
    at::kl_div(T(input), T(target), reduction, log_target))
NAS_TENSOR(mse_loss, (Handle input, Handle target, int64_t reduction), at::mse_loss(T(input), T(target), reduction))
NAS_TENSOR(smooth_l1_loss, (Handle input, Handle target, int64_t reduction, double beta),
    at::smooth_l1_loss(T(input), T(target), reduction, beta))
NAS_TENSOR(embedding, (Handle input, Handle weight, int64_t padding_index),
    at::embedding(T(weight), T(input), padding_index))
NAS_TENSOR(one_hot, (Handle input, int64_t classes), at::one_hot(T(input), classes))
NAS_TENSOR(pad, (Handle input, const int64_t* padding, int32_t padding_count, const char* mode, double value), ([&] {
    const std::string name(mode);
    auto fill = name == "constant" ? Optional<double>(value) : Optional<double>();
    return at::pad(T(input), Ints(padding, padding_count), name, fill);
}()))
NAS_TENSOR(interpolate, (Handle input, const int64_t* size, int32_t size_count, int32_t mode, bool align_corners),
    Upsample(T(input), Ints(size, size_count), mode, align_corners))
NAS_TENSOR(fake_quantize, (Handle input, Handle scale, Handle zero_point, int64_t axis, int64_t minimum, int64_t maximum),
    axis < 0 ? at::fake_quantize_per_tensor_affine(T(input), T(scale), T(zero_point), minimum, maximum)
             : at::fake_quantize_per_channel_affine(T(input), T(scale), T(zero_point), axis, minimum, maximum))
