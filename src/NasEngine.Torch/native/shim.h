// What every part of the shim shares: handles, errors, and conversions between C and libtorch types.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstdint>
#include <string>
#include <vector>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
#include <optional>
template <class T> using Optional = std::optional<T>;
#define NAS_NULLOPT std::nullopt
#else
template <class T> using Optional = c10::optional<T>;
#define NAS_NULLOPT c10::nullopt
#endif

#define NAS_EXPORT extern "C" __attribute__((visibility("default")))

// A handle is the tensor's TensorImpl pointer and owns one reference. at::Tensor holds exactly that pointer,
// so a handle is read as a tensor in place: no allocation and no reference counting on the way in.
using Handle = void*;
static_assert(sizeof(at::Tensor) == sizeof(Handle), "at::Tensor must be one pointer");

inline const at::Tensor& T(const Handle& handle) { return reinterpret_cast<const at::Tensor&>(handle); }
inline at::TensorList List(Handle* handles, int32_t count) {
    return at::TensorList(reinterpret_cast<const at::Tensor*>(handles), static_cast<size_t>(count));
}
inline std::vector<at::Tensor> Vector(Handle* handles, int32_t count) { return List(handles, count).vec(); }
inline Optional<at::Tensor> Opt(const Handle& handle) {
    return handle == nullptr ? Optional<at::Tensor>() : Optional<at::Tensor>(T(handle));
}
inline Handle Release(at::Tensor&& tensor) { return tensor.unsafeReleaseTensorImpl(); }
inline Handle Release(const at::Tensor& tensor) { return at::Tensor(tensor).unsafeReleaseTensorImpl(); }

inline at::IntArrayRef Ints(const int64_t* values, int32_t count) {
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

// The same layout as the C# struct Scalar: kind 0 is a whole number, 1 a double, 2 a truth value.
struct NumberArgument {
    int64_t bits;
    int64_t kind;
};
inline at::Scalar S(NumberArgument value) {
    if (value.kind == 1) {
        double number;
        static_assert(sizeof(number) == sizeof(value.bits), "a double has 64 bits");
        __builtin_memcpy(&number, &value.bits, sizeof(number));
        return at::Scalar(number);
    }
    return value.kind == 2 ? at::Scalar(value.bits != 0) : at::Scalar(value.bits);
}
// Whole factors are passed as whole numbers: libtorch refuses a fractional alpha for integer tensors.
inline at::Scalar Alpha(double value) {
    const auto whole = static_cast<int64_t>(value);
    return static_cast<double>(whole) == value ? at::Scalar(whole) : at::Scalar(value);
}
inline Optional<at::ScalarType> Type(int32_t type) {
    return type < 0 ? Optional<at::ScalarType>() : Optional<at::ScalarType>(static_cast<at::ScalarType>(type));
}
inline at::Device Place(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}
inline at::TensorOptions Options(int32_t dtype, int32_t device_type, int32_t device_index) {
    return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(Place(device_type, device_index));
}

// Keeps the message of a caught exception for nas_last_error, of the same thread.
void Remember(const char* message) noexcept;
void RememberCurrentException() noexcept;

// Runs an operation that gives a tensor: its handle, or null after an exception.
template <class F> inline Handle Give(F&& operation) noexcept {
    try {
        return Release(operation());
    } catch (...) {
        RememberCurrentException();
        return nullptr;
    }
}
// Runs an operation for its effect: 0, or 1 after an exception.
template <class F> inline int32_t Do(F&& operation) noexcept {
    try {
        operation();
        return 0;
    } catch (...) {
        RememberCurrentException();
        return 1;
    }
}

#define NAS_TENSOR(name, parameters, ...) \
    NAS_EXPORT Handle nas_##name parameters { return Give([&] { return __VA_ARGS__; }); }
#define NAS_ACTION(name, parameters, ...) \
    NAS_EXPORT int32_t nas_##name parameters { return Do([&] { __VA_ARGS__; }); }
